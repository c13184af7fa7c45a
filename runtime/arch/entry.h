// The assembly between host and guest, one file per architecture.
#pragma once

#include "runtime/abi/vmctx.h"

namespace runtime {

struct Activation;

// Calls through `void(context, fastEntry, values)`; see abi::SubType::entryThunk.
using EntryThunk = void (*)(abi::VMContext* context, void* fastEntry, abi::Slot* values);

// Enough for malloc and a system call, with the reserve for signals below; entry_<arch>.S has the
// number too.
inline constexpr uint64_t kBuiltinStack = abi::kSignalReserve + (64 << 10);
static_assert(kBuiltinStack == 128 << 10 && kBuiltinStack < abi::kStackGuard,
              "a stub's probe must not reach across the guard");

}  // namespace runtime

extern "C" {

// Saves the host's registers, stores the frame register in Activation::entryFrame, switches to
// `stackTop` (0: stays on this stack) and calls thunk(context, entry, values). Returns 0 when the
// call returned, 1 when it trapped.
uint32_t wasm2obj_enterGuest(runtime::Activation* activation, runtime::EntryThunk thunk,
                             abi::VMContext* context, void* entry, abi::Slot* values,
                             uintptr_t stackTop);
extern const char wasm2obj_enterGuestEnd[];

// Where a trap resumes, with the frame register set to Activation::entryFrame.
extern const char wasm2obj_trapLanding[];

// The stubs of the builtins lie between these.
extern const char wasm2obj_builtinStubsBegin[];
extern const char wasm2obj_builtinStubsEnd[];

// What ExecState::builtins points to: code that checks for kBuiltinStack bytes of stack, traps in
// the guest's name where there are fewer, and otherwise jumps to the builtin.
#define BUILTIN(id, signature) void wasm2obj_builtinStub_##id();
#include "runtime/abi/builtins.def"
#undef BUILTIN
}
