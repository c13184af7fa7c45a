// Host functions: C++ functions that guests import. They have the C calling convention; for example
//   uint32_t add(Caller* caller, uint32_t a, uint32_t b)
// has the type [i32 i32] -> [i32].
//
// A host function runs on the guest stack, of which at least abi::kHostStack bytes are free, and
// with the floating-point modes of the guest, which it must preserve. It may call functions of the
// store. It must not throw, or leave by `longjmp`, across the guest's frames: requestTrap() ends
// the guest's call.
#pragma once

#include <cstdint>
#include <string>
#include <type_traits>

#include "runtime/abi/vmctx.h"
#include "runtime/gc/root_table.h"
#include "runtime/trap/trap.h"
#include "runtime/types/value.h"

namespace runtime {

// The first argument of every host function: the importing instance and HostFunction::env. There is
// one for each import of a host function. It is valid as long as that instance.
struct Caller : abi::HostBinding {
  // The memory that the importing instance exports as "memory", or null.
  const abi::MemoryDef* memory;
};

class HostFuncInstance;

// A function of the host that can be imported. hostFunction() makes one of a C++ function.
struct HostFunction {
  FuncType type;         // with canonical type ids
  void* code = nullptr;  // see abi::HostBinding for its type
  void* env = nullptr;   // for the function's use; not owned, must outlive the store
  // If not null, it is called instead of `code`, which is then HostBinding::function for its use.
  // Its arguments and results are in an array, so that it may be of any type
  // (HostFuncInstance::Code).
  void (*slotCode)(HostFuncInstance& function, abi::Slot* values) = nullptr;
  // With `slotCode`: the function has the type of each import, and `type` does not count.
  bool isOfAnyType = false;
};

// The 16-byte vector types of the compiler, with any lanes: V128, __m128i, float32x4_t.
template <class T>
concept Vector = sizeof(T) == sizeof(V128) && !std::is_class_v<T> && !std::is_pointer_v<T> &&
                 !std::is_array_v<T> && requires(T vector) {
  vector[0];
};

// Returns the WebAssembly type of a C++ type: i32 and i64 for integers of 4 and 8 bytes, funcref
// for abi::FuncRef*, externref for ExternRef. The reference types are nullable. An enumeration has
// the type of its underlying integer.
template <class T>
constexpr abi::ValueType valueTypeOf() {
  if constexpr (std::is_same_v<T, float>)
    return abi::kF32;
  else if constexpr (std::is_same_v<T, double>)
    return abi::kF64;
  else if constexpr (Vector<T>)
    return abi::kV128;
  else if constexpr (std::is_same_v<T, abi::FuncRef*>)
    return abi::kFuncRef;
  else if constexpr (std::is_same_v<T, ExternRef>)
    return abi::kExternRef;
  else if constexpr (std::is_enum_v<T>)
    return valueTypeOf<std::underlying_type_t<T>>();
  else if constexpr (std::is_integral_v<T> && sizeof(T) == 4)
    return abi::kI32;
  else {
    static_assert(std::is_integral_v<T> && sizeof(T) == 8, "not a WebAssembly value type");
    return abi::kI64;
  }
}

// Returns a HostFunction that calls `code`, with the type that follows from its parameters and its
// result. A function with several results cannot be written in this form.
template <class R, class... Params>
HostFunction hostFunction(R (*code)(Caller*, Params...), void* env = nullptr) {
  HostFunction function;
  function.type.params = {valueTypeOf<Params>()...};
  if constexpr (!std::is_void_v<R>) function.type.results = {valueTypeOf<R>()};
  function.code = reinterpret_cast<void*>(code);
  function.env = env;
  return function;
}

// The bytes [base, base + size) of a memory. They remain readable and writable as long as the
// store, as memories do not shrink and their base does not change; the size may grow whenever guest
// code runs. Other threads may change the bytes of a shared memory at any time.
struct MemoryView {
  uint8_t* base = nullptr;
  uint64_t size = 0;  // in bytes
};

// Returns the memory that the importing instance exports as "memory", or an empty view.
inline MemoryView callerMemory(const Caller& caller) {
  if (caller.memory == nullptr) return {};
  return {caller.memory->base, caller.memory->currentSize()};
}

// Returns whether the host ends the call of the guest (Store::interrupt). A host function whose
// system call fails with EINTR must return then; what it returns is ignored.
bool isInterrupted(const Caller& caller);

// End the innermost call from the host into a guest as soon as the host function has returned to
// the guest; its results are ignored. The call then fails with a Trap. If a host function makes
// several requests, the last one counts.
//
// requestExit: a Trap with `exitStatus`, which is not a failure.
void requestExit(Caller& caller, int32_t status);
// A Trap with the code Host and the message.
void requestTrap(Caller& caller, std::string message);
// The given trap, to which the backtrace of the guest is appended. For a host function that passes
// on the trap of a call that it made itself. An uncaught exception is thrown again.
void requestTrap(Caller& caller, Trap trap);
// Throws an exception of this store (exception.h) in the guest that has called the host function,
// as soon as that returns.
void requestThrow(Caller& caller, abi::ObjectHeader* exception);
// Returns the exception of a trap with the code UncaughtException. It is alive as long as the trap,
// but may move with the next collection.
inline abi::ObjectHeader* exceptionOf(const Trap& trap) {
  return reinterpret_cast<abi::ObjectHeader*>(trap.exception->word());
}

}  // namespace runtime
