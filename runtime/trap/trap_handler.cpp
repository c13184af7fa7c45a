#include "runtime/trap/trap_handler.h"

#include <mutex>

#include "runtime/arch/entry.h"
#include "runtime/arch/trap_instruction.h"
#include "runtime/trap/activation.h"
#include "runtime/trap/code_registry.h"
#include "runtime/trap/signals.h"

namespace runtime {
namespace {

// Returns whether a fault at `pc` can become a trap: such code holds no resources, so that its
// frames can be discarded.
bool isGuestCode(const void* pc) {
  auto address = reinterpret_cast<uintptr_t>(pc);
  bool isBuiltinStub = address >= reinterpret_cast<uintptr_t>(wasm2obj_builtinStubsBegin) &&
                       address < reinterpret_cast<uintptr_t>(wasm2obj_builtinStubsEnd);
  return isBuiltinStub || codeAt(pc) != nullptr;
}

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
  activation->trapCode = code;
  captureBacktrace(context.pc(), activation->backtrace);
  context.resumeAt(wasm2obj_trapLanding, activation->entryFrame);
  return true;
}

}  // namespace

void installTrapHandler() {
  static std::once_flag once;
  std::call_once(once, [] { installFaultHandler(&redirectTrap); });
}

}  // namespace runtime
