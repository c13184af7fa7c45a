// Equality and subtyping of types (sections 3.1.3 and 3.3 of the 3.0 specification).
//
// Two types are the same when their recursive groups have the same shape and they stand at the same
// place in them. Every type index is mapped to the first index of the same type, so that equality
// is a comparison of numbers.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "compiler/wasm/types.h"

namespace wasm {

class TypeRelations {
 public:
  TypeRelations() = default;
  // Every index in `types` must be in bounds, and no supertype may stand behind its subtype.
  // `types` must outlive the relations.
  explicit TypeRelations(std::span<const SubType> types);

  // The first type index that means the same type.
  uint32_t canonical(uint32_t typeIndex) const { return canonical_[typeIndex]; }

  bool isSubtype(HeapType sub, HeapType super) const;
  bool isSubtype(ValueType sub, ValueType super) const {
    if (sub.kind != super.kind) return sub.kind == ValueKind::Bottom;
    return !sub.isRef() || (sub.nullable <= super.nullable &&
                            (sub.heap == super.heap || isSubtype(sub.heap, super.heap)));
  }
  bool isSubtype(const FieldType& sub, const FieldType& super) const;
  // Whether the structure of `sub` may refine that of `super`; declared supertypes aside.
  bool isSubtype(const SubType& sub, const SubType& super) const;
  bool isSubtype(std::span<const ValueType> sub, std::span<const ValueType> super) const;

  // The abstract type at the root of a type's hierarchy: func, extern, any or exn.
  HeapType top(HeapType type) const;

 private:
  bool isConcreteSubtype(uint32_t sub, uint32_t super) const;

  std::span<const SubType> types_;
  std::vector<uint32_t> canonical_;
};

}  // namespace wasm
