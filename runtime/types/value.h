// Values as the host sees them, and types as text. A concrete reference type names its type by
// canonical id (see type_registry.h), the same in every module.
#pragma once

#include <cstring>
#include <string>

#include "runtime/abi/vmctx.h"
#include "runtime/types/func_type.h"

namespace runtime {

// Return types as text: "i32" ... "exnref"
const char* text(abi::ValueKind kind);
// "i32", "funcref", "(ref extern)", "(ref null (func [i32] -> []))"; a concrete type inside of
// another is only "$" and its id.
std::string text(const abi::ValueType& type);
// "[i32 i64] -> [f32]"
std::string text(const FuncType& type);

// A v128 as code passes it: a vector, which travels in one register. Lane 0 comes first.
using V128 = uint8_t __attribute__((vector_size(16)));

// A typed value. It does not own what a reference refers to: a funcref is valid as long as its
// store.
struct Value {
  abi::ValueKind kind = abi::ValueKind::I32;
  abi::Slot slot{};

  // Make a value of each kind. A null reference is one of its kind.
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
  static Value externRef(void* ref) {
    Value v;
    v.kind = abi::ValueKind::ExternRef;
    v.slot.ref = ref;
    return v;
  }
};

// Returns the most specific type that is known of a value: for a null reference the bottom type of
// its hierarchy, for a function its own type.
abi::ValueType typeOf(const Value& value);

}  // namespace runtime
