// Typed values for the host, and the text form of types for messages. The type indices of concrete
// reference types are canonical ids (type_registry.h).
#pragma once

#include <cstring>
#include <string>

#include "runtime/abi/object.h"
#include "runtime/abi/vmctx.h"
#include "runtime/base/check.h"
#include "runtime/types/func_type.h"

namespace runtime {

// Returns the name of a representation: "i32" to "exnref". The string is static.
const char* text(abi::ValueKind kind);
// Returns a type as in the text format: "i32", "funcref", "(ref extern)", "(ref null (func [i32] ->
// []))". A concrete type inside of another one is only "$" and its id, as types can be recursive.
std::string text(const abi::ValueType& type);
// Returns a function type in the specification's notation: "[i32 i64] -> [f32]".
std::string text(const FuncType& type);

// A v128 as C++ functions pass and return it, in a vector register. Lane 0 comes first.
using V128 = uint8_t __attribute__((vector_size(16)));

// A value with its kind. It does not own the object that a reference refers to; a funcref is valid
// as long as its store.
struct Value {
  abi::ValueKind kind = abi::ValueKind::I32;
  abi::Slot slot{};

  // Return a value of each kind. A null pointer is the null reference of the kind.
  static Value i32(uint32_t value) {
    Value v;
    v.kind = abi::ValueKind::I32;
    v.slot.i32 = value;
    return v;
  }
  static Value i64(uint64_t value) {
    Value v;
    v.kind = abi::ValueKind::I64;
    v.slot.i64 = value;
    return v;
  }
  static Value f32(float value) {
    Value v;
    v.kind = abi::ValueKind::F32;
    v.slot.f32 = value;
    return v;
  }
  static Value f64(double value) {
    Value v;
    v.kind = abi::ValueKind::F64;
    v.slot.f64 = value;
    return v;
  }
  static Value v128(V128 value) {
    Value v;
    v.kind = abi::ValueKind::V128;
    std::memcpy(v.slot.v128, &value, sizeof value);
    return v;
  }
  static Value funcRef(abi::FuncRef* ref) {
    Value v;
    v.kind = abi::ValueKind::FuncRef;
    v.slot.ref = ref;
    return v;
  }
  // `pointer` is an opaque word of the host, less than 2^62 as all addresses of user space are
  // unless they have tags in their highest bits. Store::newExternRef() accepts any pointer.
  static Value externRef(void* pointer) {
    auto word = reinterpret_cast<uintptr_t>(pointer);
    CHECK(abi::fitsHostWord(word));
    Value v;
    v.kind = abi::ValueKind::ExternRef;
    v.slot.i64 = pointer == nullptr ? 0 : abi::hostWord(word);
    return v;
  }
};

// What a reference that is not a funcref refers to.
enum class ReferentKind : uint8_t { Null, I31, Host, Struct, Array, Exception, String };

// Returns the kind of the referent of a word (runtime/abi/object.h). An object must be live.
ReferentKind referentKind(uint64_t word);

// Returns the pointer of the host that a word refers to: null unless its referent is of the kind
// Host.
void* hostPointerOf(uint64_t word);

// An externref as a parameter or result of a host function.
struct ExternRef {
  uint64_t word = 0;

  static ExternRef of(void* pointer) { return {Value::externRef(pointer).slot.i64}; }
  // Returns the pointer of the host; null for the null reference and for objects of a guest.
  void* pointer() const { return hostPointerOf(word); }
};

// Returns the most specific type of a value: for a null reference the bottom type of its hierarchy,
// for functions and objects their own types, for other references the top type of their hierarchy.
// An externref is (ref extern), whatever it refers to.
abi::ValueType typeOf(const Value& value);

}  // namespace runtime
