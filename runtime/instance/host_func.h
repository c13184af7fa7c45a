// Host functions: plain C++ functions that a guest imports. Calls are typed end to end, so nothing
// is boxed:  uint32_t add(Caller* caller, uint32_t a, uint32_t b)  has the wasm type [i32 i32] ->
// [i32].
#pragma once

#include <cstdint>
#include <string>
#include <type_traits>

#include "runtime/abi/vmctx.h"
#include "runtime/trap/trap.h"
#include "runtime/types/value.h"

namespace runtime {

// First parameter of every host function: whose import it is, and the host's own word (`env`).
struct Caller : abi::HostBinding {
  const abi::MemoryDef* memory;  // what the importing instance exports as "memory"; null for none
};

struct HostFunction {
  FuncType type;
  void* code = nullptr;
  void* env = nullptr;  // borrowed; outlives the store
};

// A compiler's 16-byte vector of whatever lanes: V128, __m128i, float32x4_t.
template <class T>
concept Vector = sizeof(T) == sizeof(V128) && !std::is_class_v<T> && !std::is_pointer_v<T> &&
                 !std::is_array_v<T> && requires(T vector) {
  vector[0];
};

// References may be null. An enumeration is the integer beneath it.
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

template <class R, class... Params>
HostFunction hostFunction(R (*code)(Caller*, Params...), void* env = nullptr) {
  HostFunction function;
  function.type.params = {valueTypeOf<Params>()...};
  if constexpr (!std::is_void_v<R>) function.type.results = {valueTypeOf<R>()};
  function.code = reinterpret_cast<void*>(code);
  function.env = env;
  return function;
}

// The importing instance's exported memory "memory"; size 0 where it has none. Bytes [base, base +
// size) are readable and writable until guest code runs again; the base never moves.
struct MemoryView {
  uint8_t* base = nullptr;
  uint64_t size = 0;
};
inline MemoryView callerMemory(const Caller& caller) {
  if (caller.memory == nullptr) return {};
  return {caller.memory->base, caller.memory->byteSize};
}

// Ask for the guest to be stopped; takes effect when the host function returns, and its result is
// ignored. The call from the host into the guest then yields a Trap.
void requestExit(Caller& caller, int32_t status);
void requestTrap(Caller& caller, std::string message);
// Passes on what ended a call that the host function itself made into a guest.
void requestTrap(Caller& caller, Trap trap);

}  // namespace runtime
