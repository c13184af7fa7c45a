// Repetition of system calls that a signal of the host has interrupted.
#pragma once

#include <cerrno>

namespace wasi {

// Calls `call` until it returns a result that is not negative, or fails with another errno than
// EINTR. Returns the last result; `errno` is that of the last call. Preview 1 has no signal
// handlers, so a guest does not expect EINTR.
template <class SystemCall>
auto retryInterrupted(SystemCall&& call) {
  decltype(call()) result;
  do {
    result = call();
  } while (result < 0 && errno == EINTR);
  return result;
}

}  // namespace wasi
