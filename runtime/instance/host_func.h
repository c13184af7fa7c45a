// Host functions: plain C++ functions that a guest imports. Arguments and results are passed in
// registers as in any C++ call:  uint32_t add(Caller* caller, uint32_t a, uint32_t b)  has the type
// [i32 i32] -> [i32].
#pragma once

#include <cstdint>
#include <string>
#include <type_traits>

#include "runtime/abi/vmctx.h"
#include "runtime/trap/trap.h"
#include "runtime/types/value.h"

namespace runtime {

// First parameter of every host function: the importing instance, and the host's own pointer
// (`env`).
struct Caller : abi::HostBinding {
  const abi::MemoryDef* memory;  // what the importing instance exports as "memory"; null for none
};

// A function of the host, ready to be imported.
struct HostFunction {
  FuncType type;
  void* code = nullptr;
  void* env = nullptr;  // not owned; outlives the store
};

// A compiler's 16-byte vector of whatever lanes: V128, __m128i, float32x4_t.
template <class T>
concept Vector = sizeof(T) == sizeof(V128) && !std::is_class_v<T> && !std::is_pointer_v<T> &&
                 !std::is_array_v<T> && requires(T vector) {
  vector[0];
};

// Returns the WebAssembly type of a C++ type. References may be null. An enumeration has the type
// of its underlying integer.
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
  else if constexpr (std::is_same_v<T, void*>)
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

// Returns a HostFunction whose type is that of the C++ function.
template <class R, class... Params>
HostFunction hostFunction(R (*code)(Caller*, Params...), void* env = nullptr) {
  HostFunction function;
  function.type.params = {valueTypeOf<Params>()...};
  if constexpr (!std::is_void_v<R>) function.type.results = {valueTypeOf<R>()};
  function.code = reinterpret_cast<void*>(code);
  function.env = env;
  return function;
}

// What the importing instance exports as "memory"; empty where it exports none. Bytes [base, base +
// size) are readable and writable until guest code runs again; the base never changes.
struct MemoryView {
  uint8_t* base = nullptr;
  uint64_t size = 0;
};
inline MemoryView callerMemory(const Caller& caller) {
  if (caller.memory == nullptr) return {};
  return {caller.memory->base, caller.memory->byteSize};
}

// End the guest's call when the host function returns; its result is ignored. The call from the
// host into the guest then fails with a Trap.
void requestExit(Caller& caller, int32_t status);
void requestTrap(Caller& caller, std::string message);
// Also for a trap of a call that the host function itself made into a guest.
void requestTrap(Caller& caller, Trap trap);

}  // namespace runtime
