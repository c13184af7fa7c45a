#include "loader/embed/types/value.h"

#include <cstring>

#include "loader/embed/ref.h"
#include "runtime/types/type_match.h"

namespace embed {

using abi::ValueKind;
using runtime::Value;

namespace {

// References of the extern and any hierarchies have one representation, and a program may pass
// either for the other.
bool isConvertible(ValueKind kind) {
  return kind == ValueKind::ExternRef || kind == ValueKind::AnyRef;
}

ValueKind hierarchyOf(wasm2obj_ref_kind_t kind) {
  switch (kind) {
    case WASM2OBJ_REF_FUNC:
      return ValueKind::FuncRef;
    case WASM2OBJ_REF_EXCEPTION:
      return ValueKind::ExnRef;
    case WASM2OBJ_REF_HOST:
    case WASM2OBJ_REF_STRING:
      return ValueKind::ExternRef;
    default:
      return ValueKind::AnyRef;
  }
}

base::Result<Value> toReference(const wasm2obj_ref_t* ref, const abi::ValueType& type,
                                const runtime::Store& store) {
  Value value{type.isReference() ? type.kind : ValueKind::AnyRef, {}};
  if (ref == nullptr) return value;
  if (ref->hasStore()) {
    TRY_ASSIGN(auto owner, storeOf(*ref));
    if (owner.get() != &store) return base::Error{"", "the reference is of another instance"};
  }
  ValueKind kind = hierarchyOf(ref->kind);
  if (!isConvertible(kind) || !isConvertible(type.kind)) value.kind = kind;
  value.slot.i64 = ref->word();
  return value;
}

}  // namespace

base::Result<Value> toValue(const wasm2obj_value_t& value, const abi::ValueType& type,
                            const runtime::Store& store) {
  switch (value.type) {
    case WASM2OBJ_I32:
      return Value::i32(static_cast<uint32_t>(value.of.i32));
    case WASM2OBJ_I64:
      return Value::i64(static_cast<uint64_t>(value.of.i64));
    case WASM2OBJ_F32:
      return Value::f32(value.of.f32);
    case WASM2OBJ_F64:
      return Value::f64(value.of.f64);
    case WASM2OBJ_V128: {
      Value vector{ValueKind::V128, {}};
      std::memcpy(vector.slot.v128, value.of.v128, sizeof value.of.v128);
      return vector;
    }
    case WASM2OBJ_REF:
      return toReference(value.of.ref, type, store);
  }
  return base::Error{"", "the type of the value is none of wasm2obj_type_t"};
}

base::Result<Value> toFitting(const wasm2obj_value_t& given, const abi::ValueType& type,
                              const runtime::Store& store) {
  TRY_ASSIGN(Value value, toValue(given, type, store));
  if (runtime::fits(value, type)) return value;
  return base::Error{"", "the value is " + runtime::text(runtime::typeOf(value)) + ", expected " +
                             runtime::text(type)};
}

wasm2obj_value_t fromValue(const Value& value, const std::shared_ptr<runtime::Store>& store) {
  wasm2obj_value_t result{};
  switch (value.kind) {
    case ValueKind::I32:
      result.type = WASM2OBJ_I32;
      result.of.i32 = static_cast<int32_t>(value.slot.i32);
      break;
    case ValueKind::I64:
      result.type = WASM2OBJ_I64;
      result.of.i64 = static_cast<int64_t>(value.slot.i64);
      break;
    case ValueKind::F32:
      result.type = WASM2OBJ_F32;
      result.of.f32 = value.slot.f32;
      break;
    case ValueKind::F64:
      result.type = WASM2OBJ_F64;
      result.of.f64 = value.slot.f64;
      break;
    case ValueKind::V128:
      result.type = WASM2OBJ_V128;
      std::memcpy(result.of.v128, value.slot.v128, sizeof result.of.v128);
      break;
    default:
      result.type = WASM2OBJ_REF;
      result.of.ref = newRef(store, value);
      break;
  }
  return result;
}

wasm2obj_type_t typeOf(const abi::ValueType& type) {
  switch (type.kind) {
    case ValueKind::I32:
      return WASM2OBJ_I32;
    case ValueKind::I64:
      return WASM2OBJ_I64;
    case ValueKind::F32:
      return WASM2OBJ_F32;
    case ValueKind::F64:
      return WASM2OBJ_F64;
    case ValueKind::V128:
      return WASM2OBJ_V128;
    default:
      return WASM2OBJ_REF;
  }
}

}  // namespace embed
