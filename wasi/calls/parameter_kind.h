// The kinds of parameters of WASI's functions, which the rows of preview1.def list.
#pragma once

#include <cstdint>

namespace wasi {

// The kind of a parameter, which determines how it is shown. The order matters: isResult() and
// isWide() test for ranges.
enum class Kind : uint8_t {
  Fd,
  Address,  // of an array or buffer, whose content is not shown
  Number,
  Flags,
  Path,      // the address of a path; shown as text
  PathSize,  // in bytes; follows each Path
  // Addresses of results, which are shown after the call. The table kResults in call_trace.cpp has
  // their types.
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
  // The kinds from here on are i64, all others i32.
  FileSize,
  Delta,
  Cookie,
  Rights,
  Time,
};

// Returns whether a parameter is an i64.
constexpr bool isWide(Kind kind) { return kind >= Kind::FileSize; }
// Returns whether a parameter is the address of a result.
constexpr bool isResult(Kind kind) { return kind >= Kind::Argc && kind <= Kind::SoDatalen; }

}  // namespace wasi
