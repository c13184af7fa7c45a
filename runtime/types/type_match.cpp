#include "runtime/types/type_match.h"

#include "runtime/base/check.h"
#include "runtime/types/type_registry.h"

namespace runtime {
namespace {

using abi::HeapKind;

bool isTop(HeapKind heap) {
  return heap == HeapKind::Func || heap == HeapKind::Extern || heap == HeapKind::Any ||
         heap == HeapKind::Exn;
}

bool isBottom(HeapKind heap) {
  return heap == HeapKind::NoFunc || heap == HeapKind::NoExtern || heap == HeapKind::None ||
         heap == HeapKind::NoExn;
}

// Returns the abstract heap type directly above a concrete type.
HeapKind abstractKind(uint32_t typeId) {
  switch (canonicalType(typeId).kind) {
    case abi::CompositeKind::Func:
      return HeapKind::Func;
    case abi::CompositeKind::Struct:
      return HeapKind::Struct;
    case abi::CompositeKind::Array:
      return HeapKind::Array;
  }
  base::checkFailed(__FILE__, __LINE__, "a known CompositeKind");
}

// Requires heap types of the same hierarchy.
bool isHeapSubtype(const abi::ValueType& sub, const abi::ValueType& super) {
  if (isTop(super.heap) || isBottom(sub.heap)) return true;
  if (isTop(sub.heap) || isBottom(super.heap)) return false;
  bool isConcrete = sub.heap == HeapKind::Concrete;
  if (super.heap == HeapKind::Concrete)
    return isConcrete && isSubtype(sub.typeIndex, super.typeIndex);
  // `super` is abstract, and neither top nor bottom: a type of the hierarchy of `any`, in which eq
  // is above all types that remain.
  if (super.heap == HeapKind::Eq) return true;
  return (isConcrete ? abstractKind(sub.typeIndex) : sub.heap) == super.heap;
}

}  // namespace

// Each hierarchy of reference types has a kind of its own, so different kinds never match.
bool isSubtype(const abi::ValueType& sub, const abi::ValueType& super) {
  if (sub.kind != super.kind) return false;
  if (!sub.isReference()) return true;
  return sub.isNullable <= super.isNullable && isHeapSubtype(sub, super);
}

bool fits(const Value& value, const abi::ValueType& type) { return isSubtype(typeOf(value), type); }

}  // namespace runtime
