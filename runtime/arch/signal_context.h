// The interrupted thread's registers, as a signal handler finds and changes them.
#pragma once

#include <ucontext.h>

#include <cstdint>

namespace runtime {

class SignalContext {
 public:
  explicit SignalContext(void* context) : context_(*static_cast<ucontext_t*>(context)) {}

#if defined(__x86_64__)
  const void* pc() const { return reinterpret_cast<const void*>(registers()[REG_RIP]); }
  // On return from the handler execution goes on at `pc`, with the frame register at `frame`. So is
  // the stack pointer, until the landing sets it: another signal's frame would then lie below the
  // red zone, which what the entry stub saved fits into.
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
