#include "runtime/trap/redirect.h"

#include "runtime/arch/entry.h"
#include "runtime/trap/code_registry.h"

namespace runtime {

bool isGuestCode(const void* pc) {
  auto address = reinterpret_cast<uintptr_t>(pc);
  bool isBuiltinStub = address >= reinterpret_cast<uintptr_t>(wasm2obj_builtinStubsBegin) &&
                       address < reinterpret_cast<uintptr_t>(wasm2obj_builtinStubsEnd);
  return isBuiltinStub || codeAt(pc) != nullptr;
}

void redirectToLanding(Activation& activation, abi::TrapCode code, SignalContext context) {
  activation.trapCode = code;
  captureBacktrace(context.pc(), activation.backtrace);
  context.resumeAt(wasm2obj_trapLanding, activation.entryFrame);
}

}  // namespace runtime
