// Repetition of system calls that a signal has interrupted.
#pragma once

#include <cerrno>

#include "runtime/instance/host_func.h"

namespace wasi {

// Calls `call` until it returns a result that is not negative, or fails with another errno than
// EINTR. Returns the last result; `errno` is that of the last call. Preview 1 has no signal
// handlers, so a guest does not expect EINTR. For calls that do not wait for long.
template <class SystemCall>
auto retryInterrupted(SystemCall&& call) {
  decltype(call()) result;
  do {
    result = call();
  } while (result < 0 && errno == EINTR);
  return result;
}

// Does the same for calls that may wait for long, but returns EINTR to a caller that has been
// interrupted: its guest ends.
template <class SystemCall>
auto retryInterrupted(const runtime::Caller& caller, SystemCall&& call) {
  decltype(call()) result;
  do {
    result = call();
  } while (result < 0 && errno == EINTR && !runtime::isInterrupted(caller));
  return result;
}

}  // namespace wasi
