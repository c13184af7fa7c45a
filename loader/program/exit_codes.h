// The exit codes of programs that run a guest. If the guest returns or exits, its exit code is the
// program's.
#pragma once

namespace program {

inline constexpr int kSuccess = 0;
inline constexpr int kFailure = 1;       // the module cannot be read, compiled, loaded or linked
inline constexpr int kUsageError = 2;    // the command line is wrong
inline constexpr int kTrapStatus = 134;  // the guest trapped; shells report SIGABRT as 134

}  // namespace program
