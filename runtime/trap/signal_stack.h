// The stack that signal handlers run on.
#pragma once

#include <csignal>

namespace runtime {

// The thread's alternate signal stack, on which an exhausted guest stack can be handled. The one
// that was set before is set again when this is destroyed, in the same thread.
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
