// Repeats a system call that a signal interrupted: guests have no signals.
#pragma once

#include <cerrno>

namespace wasi {

template <class SystemCall>
auto retryInterrupted(SystemCall&& call) {
  decltype(call()) result;
  do {
    result = call();
  } while (result < 0 && errno == EINTR);
  return result;
}

}  // namespace wasi
