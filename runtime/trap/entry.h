// The assembly between host and guest, one file per architecture.
#pragma once

#include "runtime/trap/activation.h"

extern "C" {

// Saves the host's registers, notes where in `activation`, moves to `stackTop` (0: stays on this
// stack) and calls thunk(context, entry, values). 0 when the call returned, 1 when it trapped.
uint32_t wasm2obj_enterGuest(runtime::Activation* activation, runtime::EntryThunk thunk,
                             abi::VMContext* context, void* entry, abi::Slot* values,
                             uintptr_t stackTop);
extern const char wasm2obj_enterGuestEnd[];

// Where a trap resumes, with the frame register set to Activation::entryFrame.
extern const char wasm2obj_trapLanding[];

// The stubs of the builtins lie between these.
extern const char wasm2obj_builtinStubsBegin[];
extern const char wasm2obj_builtinStubsEnd[];

// What ExecState::builtins points to: code that makes sure of kBuiltinStack bytes of stack,
// trapping in the guest's name where they are lacking, and goes on to the builtin.
#define BUILTIN(id, signature) void wasm2obj_builtinStub_##id();
#include "runtime/abi/builtins.def"
#undef BUILTIN
}

namespace runtime {

// Enough for malloc and a system call, with the reserve for signals below; entry_<arch>.S knows the
// number too.
inline constexpr uint64_t kBuiltinStack = abi::kSignalReserve + (64 << 10);
static_assert(kBuiltinStack == 128 << 10 && kBuiltinStack < abi::kStackGuard,
              "a stub's probe must not reach across the guard");

}  // namespace runtime
