// The types of the parameters and results of string builtins, as C++ and as WebAssembly types.
#pragma once

#include <cstdint>
#include <type_traits>

#include "runtime/instance/host_func.h"
#include "runtime/types/value.h"

namespace strings {

// A string as a result: (ref extern). The word may be 0 if a trap has been requested.
struct StringResult {
  uint64_t word;
};

// (ref null (array (mut i16))) and (ref null (array (mut i8))), as parameters.
template <class Element>
struct ArrayOperand {
  abi::ObjectHeader* object;  // may be null

  // Returns the address of the first element.
  Element* elements() const {
    return reinterpret_cast<Element*>(reinterpret_cast<uint8_t*>(object) + abi::kElements);
  }
};
using CharArray = ArrayOperand<char16_t>;
using ByteArray = ArrayOperand<uint8_t>;

// (ref (array (mut i8))), as a result.
struct ByteArrayResult {
  abi::ObjectHeader* object;
};

// Return the canonical ids of the array types, which the process holds for ever.
uint32_t charArrayType();
uint32_t byteArrayType();

// Returns the WebAssembly type of a C++ type.
template <class T>
abi::ValueType builtinTypeOf() {
  auto array = [](uint32_t id, uint8_t isNullable) {
    return abi::ValueType{abi::ValueKind::AnyRef, abi::HeapKind::Concrete, isNullable, 0, id};
  };
  if constexpr (std::is_same_v<T, StringResult>)
    return {abi::ValueKind::ExternRef, abi::HeapKind::Extern, 0, 0, 0};
  else if constexpr (std::is_same_v<T, CharArray>)
    return array(charArrayType(), 1);
  else if constexpr (std::is_same_v<T, ByteArray>)
    return array(byteArrayType(), 1);
  else if constexpr (std::is_same_v<T, ByteArrayResult>)
    return array(byteArrayType(), 0);
  else
    return runtime::valueTypeOf<T>();
}

// Returns the host function that calls `code`.
template <class R, class... Params>
runtime::HostFunction builtin(R (*code)(runtime::Caller*, Params...)) {
  runtime::HostFunction function;
  function.type.params = {builtinTypeOf<Params>()...};
  function.type.results = {builtinTypeOf<R>()};
  function.code = reinterpret_cast<void*>(code);
  return function;
}

}  // namespace strings
