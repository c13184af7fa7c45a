// The registers of the interrupted thread, as a signal handler reads and changes them.
#pragma once

#include <ucontext.h>

#include <cstdint>

namespace runtime {

class SignalContext {
 public:
  explicit SignalContext(void* context) : context_(*static_cast<ucontext_t*>(context)) {}

#if defined(__x86_64__)
  const void* pc() const { return reinterpret_cast<const void*>(registers()[REG_RIP]); }
  // Makes execution resume at `pc` when the handler returns, with the frame register set to
  // `frame`. The stack pointer has the same value until the landing sets it: the frame of another
  // signal would lie below the red zone, and what the entry stub saved is within the red zone.
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
