// The stack that signal handlers run on.
#pragma once

#include <csignal>

namespace runtime {

// The thread's alternate signal stack: the handler for an exhausted guest stack needs one. The
// destructor, in the same thread, restores the previous one.
class SignalStack {
 public:
  SignalStack();
  ~SignalStack();
  SignalStack(const SignalStack&) = delete;
  SignalStack& operator=(const SignalStack&) = delete;

 private:
  void* mapping_ = nullptr;
  stack_t previous_{};
};

}  // namespace runtime
