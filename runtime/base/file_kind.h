// What a file is that is given for a module, told by how it begins.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "runtime/base/bytes.h"

namespace base {

enum class FileKind : uint8_t {
  Empty,
  Elf,           // what wasm2obj has compiled, for one
  BinaryModule,  // begins with "\0asm"
  TextModule,    // after blanks comes a parenthesis or a comment
  Other
};

// Looks at the first bytes alone: the file may still be malformed.
FileKind fileKind(ByteView content);

// Of a file that cannot be a module: what it is, and what to do about it; goes on from the file's
// name. Nothing for what begins otherwise. ELF files are not told apart here.
std::optional<std::string_view> describeForeign(ByteView content);

}  // namespace base
