// The kinds of files that users pass as modules, recognized by their first bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "runtime/base/bytes.h"

namespace base {

enum class FileKind : uint8_t {
  Empty,
  Elf,           // an artifact of wasm2obj, or any other ELF file
  BinaryModule,  // begins with "\0asm"
  TextModule,    // begins, after white space, with a parenthesis or a comment
  Other
};

// Reads only the first bytes: the rest of the file may be malformed.
FileKind fileKind(ByteView content);

// Returns what a file is that cannot be a module, and what to do about it, as the continuation of a
// diagnostic after the file's name. Returns nothing for contents that it does not recognize, and
// for ELF files.
std::optional<std::string_view> describeForeign(ByteView content);

}  // namespace base
