// CHECK is for our own bugs: a broken invariant stops the process with the place and the condition.
// Bad input is a Result, a guest's fault is a trap; neither may ever reach a CHECK.
#pragma once

namespace base {

[[noreturn]] void checkFailed(const char* file, int line, const char* condition);

}  // namespace base

// Evaluates `condition` once, in all builds.
#define CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::base::checkFailed(__FILE__, __LINE__, #condition))
