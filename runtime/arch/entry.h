// The assembly code between host and guest: the entry stub, the landing of traps, and the stubs of
// the builtins. entry_<arch>.S implements it for each architecture.
#pragma once

#include "runtime/abi/vmctx.h"
#include "runtime/arch/registers.h"

namespace runtime {

struct Activation;

// A compiled function that calls `fastEntry` with arguments in memory; see
// abi::SubType::entryThunk.
using EntryThunk = void (*)(abi::VMContext* context, void* fastEntry, abi::Slot* values);

// The bytes of stack that a builtin needs: enough for malloc and a system call, with the reserve
// for signals below. entry_<arch>.S contains the number as well.
inline constexpr uint64_t kBuiltinStack = abi::kSignalReserve + (64 << 10);
static_assert(kBuiltinStack == 128 << 10 && kBuiltinStack < abi::kStackGuard,
              "a stub's probe must not reach across the guard");

}  // namespace runtime

extern "C" {

// Saves the callee-saved registers, stores the frame register in Activation::entryFrame, switches
// to the stack that ends at `stackTop`, or stays on the current stack if that is 0, and calls
// thunk(context, entry, values). Returns 0 if the call returned, 1 if it trapped.
uint32_t wasm2obj_enterGuest(runtime::Activation* activation, runtime::EntryThunk thunk,
                             abi::VMContext* context, void* entry, abi::Slot* values,
                             uintptr_t stackTop);
extern const char wasm2obj_enterGuestEnd[];

// The address at which a trap resumes execution, with the frame register and the stack pointer set
// to Activation::entryFrame. It restores the host's registers and returns 1 from the entry stub.
extern const char wasm2obj_trapLanding[];

// The range of addresses of the builtins' stubs.
extern const char wasm2obj_builtinStubsBegin[];
extern const char wasm2obj_builtinStubsEnd[];

// The functions that ExecState::builtins points to. Each reads a byte kBuiltinStack bytes below the
// stack pointer, which faults if less is left, and jumps to the builtin. The trap handler treats
// the stubs as guest code, so that the fault becomes the trap CallStackExhausted.
#define BUILTIN(id, signature) void wasm2obj_builtinStub_##id();
#include "runtime/abi/builtins.def"
#undef BUILTIN

// Traps with Interrupted. Must run on the stack of a guest, and be called by functions that hold no
// resources. It is one of the stubs, so that the trap handler treats it as guest code.
[[noreturn]] void wasm2obj_trapInterrupted();

// The builtin throwException. It captures the registers of its caller as they are when the call
// returns, and calls wasm2obj_throw. If that returns None, sets the registers to those that it has
// stored, with `exception` and 0 in the two registers of results, and jumps to their pc. Otherwise
// returns the result.
abi::TrapCode wasm2obj_builtin_throwException(abi::VMContext* context, void* exception);
// Makes `registers` those of the landing pad of `exception` and returns None, or returns the reason
// why there is no pad. Implemented by the builtins.
abi::TrapCode wasm2obj_throw(runtime::Registers* registers, abi::VMContext* context,
                             void* exception);
}
