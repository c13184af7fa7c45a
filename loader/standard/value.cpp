#include "loader/standard/value.h"

#include <fmt/format.h>

#include "loader/standard/type.h"
#include "runtime/types/type_match.h"

namespace standard {

using abi::ValueKind;
using runtime::Value;

namespace {

base::Error noVectors() { return {"", "values of the type v128 cannot be passed by wasm.h"}; }

base::Result<Value> toNumber(const wasm_val_t& value) {
  switch (value.kind) {
    case WASM_I32:
      return Value::i32(static_cast<uint32_t>(value.of.i32));
    case WASM_I64:
      return Value::i64(static_cast<uint64_t>(value.of.i64));
    case WASM_F32:
      return Value::f32(value.of.f32);
    case WASM_F64:
      return Value::f64(value.of.f64);
    default:
      return base::Error{"", fmt::format("the kind {} is none of a number", value.kind)};
  }
}

}  // namespace

base::Result<Value> toValue(const wasm_val_t& value, const abi::ValueType& type,
                            const Entry& entry) {
  if (type.kind == ValueKind::V128) return noVectors();
  if (type.isReference() != wasm_valkind_is_ref(value.kind)) {
    return base::Error{"", fmt::format("the kind is {}, expected {}", value.kind, kindOf(type))};
  }
  if (!type.isReference() && value.kind == kindOf(type)) return toNumber(value);
  auto converted = type.isReference() ? valueOf(value.of.ref, type, entry) : toNumber(value);
  if (!converted || runtime::fits(*converted, type)) return converted;
  return base::Error{
      "", fmt::format("the value is {}, expected {}", runtime::text(runtime::typeOf(*converted)),
                      runtime::text(type))};
}

base::Result<wasm_val_t> fromValue(const Value& value, const std::shared_ptr<StoreOwner>& owner) {
  wasm_val_t result{};
  switch (value.kind) {
    case ValueKind::I32:
      result.kind = WASM_I32;
      result.of.i32 = static_cast<int32_t>(value.slot.i32);
      break;
    case ValueKind::I64:
      result.kind = WASM_I64;
      result.of.i64 = static_cast<int64_t>(value.slot.i64);
      break;
    case ValueKind::F32:
      result.kind = WASM_F32;
      result.of.f32 = value.slot.f32;
      break;
    case ValueKind::F64:
      result.kind = WASM_F64;
      result.of.f64 = value.slot.f64;
      break;
    case ValueKind::V128:
      return noVectors();
    default:
      result.kind = value.kind == ValueKind::FuncRef ? WASM_FUNCREF : WASM_EXTERNREF;
      result.of.ref = newRef(owner, value);
      break;
  }
  return result;
}

wasm_val_t zeroOf(const abi::ValueType& type) {
  wasm_val_t zero{};
  zero.kind = kindOf(type);
  return zero;
}

}  // namespace standard

void wasm_val_delete(wasm_val_t* value) {
  if (value == nullptr || !wasm_valkind_is_ref(value->kind)) return;
  wasm_ref_delete(value->of.ref);
  value->of.ref = nullptr;
}

void wasm_val_copy(wasm_val_t* out, const wasm_val_t* value) {
  if (out == nullptr) return;
  wasm_val_t copy = value == nullptr ? wasm_val_t{} : *value;
  if (wasm_valkind_is_ref(copy.kind)) copy.of.ref = wasm_ref_copy(copy.of.ref);
  *out = copy;
}
