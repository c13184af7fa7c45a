#include "runtime/trap/trap_handler.h"

#include <mutex>

#include "runtime/arch/trap_instruction.h"
#include "runtime/trap/activation.h"
#include "runtime/trap/redirect.h"
#include "runtime/trap/signals.h"

namespace runtime {
namespace {

// Returns the reason of a fault of guest code; None if no instruction of a guest can cause it, so
// that it is a fault of the compiler or a signal that was sent.
abi::TrapCode classify(int signal, const siginfo_t& info, const void* pc,
                       const Activation& activation) {
  if (signal == kTrapSignal) return decodeTrapInstruction(pc);
  // The kernel uses positive codes for faults; si_addr of a signal that was sent has no meaning.
  if (info.si_code <= 0) return abi::TrapCode::None;
  if (activation.stack->guards(reinterpret_cast<uintptr_t>(info.si_addr))) {
    return abi::TrapCode::CallStackExhausted;
  }
  for (const GuardedRange* range : activation.state->guardedRanges) {
    if (range->guards(info.si_addr)) return abi::TrapCode::MemoryOutOfBounds;
  }
  return abi::TrapCode::None;
}

// The handler for faults. All that it reads is thread-local, immutable while guest code runs, or
// safe to read without a lock.
bool redirectTrap(int signal, const siginfo_t& info, SignalContext context) {
  Activation* activation = currentActivation;
  if (activation == nullptr || !isGuestCode(context.pc())) return false;
  abi::TrapCode code = classify(signal, info, context.pc(), *activation);
  if (code == abi::TrapCode::None) return false;
  redirectToLanding(*activation, code, context);
  return true;
}

}  // namespace

void installTrapHandler() {
  static std::once_flag once;
  std::call_once(once, [] { installFaultHandler(&redirectTrap); });
}

}  // namespace runtime
