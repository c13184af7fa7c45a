#include "compiler/codegen/abi/value_type.h"

#include "runtime/base/check.h"

namespace codegen {
namespace {

using abi::HeapKind;
using abi::ValueKind;

// The kind of each abstract heap type. Heap types of one hierarchy have one kind, since their
// references have the same representation.
struct Row {
  HeapKind heap;
  ValueKind kind;
};

// In the order of wasm::HeapType::Abstract.
constexpr Row kAbstract[] = {
    {HeapKind::Func, ValueKind::FuncRef},     {HeapKind::NoFunc, ValueKind::FuncRef},
    {HeapKind::Extern, ValueKind::ExternRef}, {HeapKind::NoExtern, ValueKind::ExternRef},
    {HeapKind::Any, ValueKind::AnyRef},       {HeapKind::Eq, ValueKind::AnyRef},
    {HeapKind::I31, ValueKind::AnyRef},       {HeapKind::Struct, ValueKind::AnyRef},
    {HeapKind::Array, ValueKind::AnyRef},     {HeapKind::None, ValueKind::AnyRef},
    {HeapKind::Exn, ValueKind::ExnRef},       {HeapKind::NoExn, ValueKind::ExnRef},
};

abi::ValueType referenceType(const wasm::Module& module, wasm::ValueType type) {
  if (type.heap.isConcrete()) {
    uint32_t index = type.heap.typeIndex();
    bool isFunction = module.types[index].kind == wasm::CompositeKind::Func;
    ValueKind kind = isFunction ? ValueKind::FuncRef : ValueKind::AnyRef;
    return {kind, HeapKind::Concrete, type.nullable, 0, index};
  }
  size_t row = type.heap.abstract() - wasm::HeapType::kFunc;
  CHECK(row < std::size(kAbstract));
  return {kAbstract[row].kind, kAbstract[row].heap, type.nullable, 0, 0};
}

}  // namespace

abi::ValueType valueType(const wasm::Module& module, wasm::ValueType type) {
  switch (type.kind) {
    case wasm::ValueKind::I32:
      return abi::kI32;
    case wasm::ValueKind::I64:
      return abi::kI64;
    case wasm::ValueKind::F32:
      return abi::kF32;
    case wasm::ValueKind::F64:
      return abi::kF64;
    case wasm::ValueKind::V128:
      return abi::kV128;
    case wasm::ValueKind::Ref:
      return referenceType(module, type);
    case wasm::ValueKind::Bottom:
      break;
  }
  base::checkFailed(__FILE__, __LINE__, "a type that a module can declare");
}

}  // namespace codegen
