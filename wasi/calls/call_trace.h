// Calls as text, in the manner of strace:
//   path_open(3, 0x1, "a/b", 0x0, 0x2, 0x0, 0x0) = 0 (opened_fd 4)
//   fd_read(4, 0x4f8, 2) = 0 (nread 512)
//   fd_read(9, 0x4f8, 2) = badf
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "wasi/calls/guest.h"

namespace wasi {

// What a parameter is. Path is a pointer, and the PathSize behind it its length.
enum class Kind : uint8_t {
  Fd,
  Address,
  Number,
  Flags,
  Path,
  PathSize,
  // Pointers to where a result goes; RESULT rows of call_trace.cpp tell what it is.
  Argc,
  ArgvBufSize,
  EnvironCount,
  EnvironBufSize,
  Resolution,
  Timestamp,
  Fdstat,
  Filestat,
  UnstableFilestat,
  Prestat,
  Nread,
  Nwritten,
  BufUsed,
  Offset,
  OpenedFd,
  Nevents,
  RoDatalen,
  RoFlags,
  SoDatalen,
  // 64 bits wide from here on.
  FileSize,
  Delta,
  Cookie,
  Rights,
  Time,
};

constexpr bool isWide(Kind kind) { return kind >= Kind::FileSize; }
constexpr bool isResult(Kind kind) { return kind >= Kind::Argc && kind <= Kind::SoDatalen; }

// "name(arguments)", without the pointers to results. Paths are quoted, with what is not printable
// escaped, and cut when long.
std::string describeCall(const char* name, std::span<const Kind> kinds,
                         std::span<const uint64_t> arguments, Guest guest);

// What came of that call: " = 0 (name value, ...)", or the error.
std::string describeOutcome(Errno error, std::span<const Kind> kinds,
                            std::span<const uint64_t> arguments, Guest guest);

}  // namespace wasi
