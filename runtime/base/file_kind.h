// What files that are no modules are, told by how they begin.
#pragma once

#include <optional>
#include <string_view>

#include "runtime/base/bytes.h"

namespace base {

// Of a file that is given for a module and cannot be one: what it is, and what to do about it; goes
// on from the file's name. Nothing for what begins otherwise. ELF files are not told apart here.
std::optional<std::string_view> describeForeign(ByteView content);

}  // namespace base
