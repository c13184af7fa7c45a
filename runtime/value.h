// Values and function types as the host sees them.
#pragma once

#include <string>
#include <vector>

#include "runtime/abi/vmctx.h"

namespace runtime {

struct FuncType {
  std::vector<abi::ValueKind> params;
  std::vector<abi::ValueKind> results;
  friend bool operator==(const FuncType&, const FuncType&) = default;
};

// "i32" ... "externref"
const char* text(abi::ValueKind kind);
// "[i32 i64] -> [f32]"
std::string text(const FuncType& type);

// A typed value. References are borrowed: a funcref lives as long as its store.
struct Value {
  abi::ValueKind kind = abi::ValueKind::I32;
  abi::Slot slot{};

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

}  // namespace runtime
