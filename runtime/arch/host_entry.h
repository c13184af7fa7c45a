// The assembly by which guests call host functions whose types are known only at run time, so that
// no compiled module need have a thunk for them. host_entry_<arch>.S implements it for each
// architecture.
#pragma once

#include <cstddef>
#include <cstdint>

#include "runtime/abi/vmctx.h"

namespace runtime {

#if defined(__x86_64__)
inline constexpr size_t kIntegerArguments = 6;  // rdi, rsi, rdx, rcx, r8, r9
#elif defined(__aarch64__)
inline constexpr size_t kIntegerArguments = 8;  // x0 to x7
#endif
inline constexpr size_t kVectorArguments = 8;  // xmm0 to xmm7; q0 to q7

// The registers and the stack that have the arguments of a call, in the order in which the C ABI
// assigns them. The results are stored over them: up to abi::kRegisterResults of each kind.
struct HostCallRegisters {
  uint64_t integers[kIntegerArguments];
  alignas(16) uint8_t vectors[kVectorArguments][16];
  const uint8_t* stack;  // the arguments that are not in registers
};

static_assert(offsetof(abi::HostBinding, state) == 0 && offsetof(abi::ExecState, stackLimit) == 8 &&
                  offsetof(abi::ExecState, pendingException) == 32 && abi::kHostStack == 262144,
              "host_entry_<arch>.S contains the numbers");
#if defined(__x86_64__)
static_assert(offsetof(HostCallRegisters, vectors) == 48 &&
                  offsetof(HostCallRegisters, stack) == 176 && sizeof(HostCallRegisters) == 192,
              "host_entry_x86_64.S contains the numbers");
#elif defined(__aarch64__)
static_assert(offsetof(HostCallRegisters, vectors) == 64 &&
                  offsetof(HostCallRegisters, stack) == 192 && sizeof(HostCallRegisters) == 208,
              "host_entry_aarch64.S contains the numbers");
#endif

}  // namespace runtime

extern "C" {

// A wasm function of any type whose context is an abi::HostBinding of a HostFuncInstance. Traps
// with CallStackExhausted if less than abi::kHostStack bytes of stack are left. Otherwise calls
// wasm2obj_callHost, and returns the results, or stops the guest as wasm2obj_stopGuest does.
void wasm2obj_hostEntry();

// Ends the call of a host function that has requested it: throws the pending exception in the
// guest's function that has made the call, or traps with Host if there is none.
[[noreturn]] void wasm2obj_stopGuest(abi::HostBinding* binding);
// Traps with CallStackExhausted.
[[noreturn]] void wasm2obj_exhaustStack();

// The end of the assembly, which begins with wasm2obj_hostEntry.
extern const char wasm2obj_hostEntryEnd[];

// Reads the arguments, calls the function and stores the results. Returns whether the function has
// requested that the guest stop. Implemented in instance/host_func_instance.cpp.
uint32_t wasm2obj_callHost(abi::HostBinding* binding, runtime::HostCallRegisters* registers);
}
