// The text of a trace of calls, in the format of strace(1):
//   path_open(3, 0x1, "a/b", 0x0, 0x2, 0x0, 0x0) = 0 (opened_fd 4)
//   fd_read(4, 0x4f8, 2) = 0 (nread 512)
//   fd_read(9, 0x4f8, 2) = badf
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "wasi/calls/guest.h"
#include "wasi/calls/parameter_kind.h"

namespace wasi {

// Returns "name(arguments)", without the addresses of results. Paths are quoted and cut off at 256
// bytes. Control characters in them are escaped, so that a guest cannot send sequences to the
// terminal. `kinds` and `arguments` have the same length, and a Path is followed by its PathSize.
std::string describeCall(const char* name, std::span<const Kind> kinds,
                         std::span<const uint64_t> arguments, Guest guest);

// Returns the outcome of that call: " = 0 (name value, ...)" with the results, read from guest
// memory, or " = " and the name of the error.
std::string describeOutcome(Errno error, std::span<const Kind> kinds,
                            std::span<const uint64_t> arguments, Guest guest);

}  // namespace wasi
