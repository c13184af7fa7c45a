// The alternate signal stack of a thread (sigaltstack).
#pragma once

#include <csignal>

namespace runtime {

// Sets the thread's alternate signal stack during its lifetime. The trap handler runs on it, as a
// guest stack that is exhausted has no room for a handler. The destructor, which must run in the
// same thread, restores the previous stack unless the host has set another one in between.
class SignalStack {
 public:
  // CHECKs that the system has the memory.
  SignalStack();
  ~SignalStack();
  SignalStack(const SignalStack&) = delete;
  SignalStack& operator=(const SignalStack&) = delete;

 private:
  void* mapping_ = nullptr;
  stack_t previous_{};
};

}  // namespace runtime
