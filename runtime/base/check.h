// Assertions of invariants of the program, which abort the process with the place and the condition
// if they do not hold. Invalid input must lead to a Result with an Error, and a fault of a guest to
// a trap, never to a failed CHECK.
#pragma once

namespace base {

// Prints the failure to standard error and aborts the process.
[[noreturn]] void checkFailed(const char* file, int line, const char* condition);

}  // namespace base

// Evaluates `condition` once, in all builds.
#define CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::base::checkFailed(__FILE__, __LINE__, #condition))
