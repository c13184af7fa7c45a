// Calls as text, in the manner of strace:  path_open(3, 0x1, "a/b", 0x0, ...) = noent
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "wasi/guest.h"

namespace wasi {

// What a parameter is. Path is a pointer, and the PathSize behind it its length.
enum class Kind : uint8_t {
  Fd,
  Address,
  Number,
  Flags,
  Path,
  PathSize,
  // 64 bits wide from here on.
  FileSize,
  Delta,
  Cookie,
  Rights,
  Time,
};

constexpr bool isWide(Kind kind) { return kind >= Kind::FileSize; }

// "name(arguments)". Paths are quoted, with what is not printable escaped, and cut when long.
std::string describeCall(const char* name, std::span<const Kind> kinds,
                         std::span<const uint64_t> arguments, Guest guest);

}  // namespace wasi
