// Access of a signal handler to the registers of the interrupted thread. All functions are
// async-signal-safe.
#pragma once

#include <ucontext.h>

#include <cstdint>

namespace runtime {

// A view of the ucontext_t that the third argument of an SA_SIGINFO handler points to.
class SignalContext {
 public:
  explicit SignalContext(void* context) : context_(*static_cast<ucontext_t*>(context)) {}

#if defined(__x86_64__)
  const void* pc() const { return reinterpret_cast<const void*>(registers()[REG_RIP]); }
  // Makes execution resume at `pc` when the handler returns, with the frame register and the stack
  // pointer set to `frame`. The registers that the entry stub has saved lie below `frame`, until
  // the landing sets the stack pointer. They are within the red zone, below which the kernel puts
  // the frame of another signal.
  void resumeAt(const void* pc, uintptr_t frame) {
    registers()[REG_RIP] = reinterpret_cast<greg_t>(pc);
    registers()[REG_RBP] = static_cast<greg_t>(frame);
    registers()[REG_RSP] = static_cast<greg_t>(frame);
  }

 private:
  greg_t* registers() const { return context_.uc_mcontext.gregs; }
#elif defined(__aarch64__)
  const void* pc() const { return reinterpret_cast<const void*>(context_.uc_mcontext.pc); }
  void resumeAt(const void* pc, uintptr_t frame) {
    context_.uc_mcontext.pc = reinterpret_cast<uintptr_t>(pc);
    context_.uc_mcontext.regs[29] = frame;
    context_.uc_mcontext.sp = frame;
  }

 private:
#endif
  ucontext_t& context_;
};

}  // namespace runtime
