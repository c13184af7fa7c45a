// The exit codes of programs that run a guest. If the guest returns or exits, its exit code is the
// program's.
#pragma once

namespace program {

inline constexpr int kSuccess = 0;
inline constexpr int kFailure = 1;     // the module cannot be read, compiled, loaded or linked
inline constexpr int kUsageError = 2;  // the command line is wrong
inline constexpr int kTimeLimitStatus = 124;  // --timeout has ended the guest; that of timeout(1)
inline constexpr int kSignalStatus = 128;     // plus the number of a signal that has ended it
inline constexpr int kTrapStatus = 134;       // the guest trapped; shells report SIGABRT as 134

}  // namespace program
