// Equivalence and subtyping of types (sections 3.1.3 and 3.3 of the 3.0 specification).
//
// Two types are equivalent if their recursive groups are equal after rolling up (that is, with
// indices of the group's own members made relative) and they have the same position in them. Each
// type index is mapped to a canonical one, the first index of an equivalent type, so that checking
// for equivalence is a comparison of two numbers.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "compiler/wasm/types.h"

namespace wasm {

// The equivalence and subtyping relations of the types of one module. Type indices in arguments are
// indices into the `types` given to the constructor. Thread-safe, since it is immutable.
class TypeRelations {
 public:
  TypeRelations() = default;
  // Requires that every index in `types` is in bounds and that every supertype comes before its
  // subtypes. `types` must outlive this object.
  explicit TypeRelations(std::span<const SubType> types);

  // Returns the first type index whose type is equivalent to that of `typeIndex`.
  uint32_t canonical(uint32_t typeIndex) const { return canonical_[typeIndex]; }

  // Return whether `sub` matches `super` (section 3.3). Every type matches itself.
  bool isSubtype(HeapType sub, HeapType super) const;
  bool isSubtype(ValueType sub, ValueType super) const {
    if (sub.kind != super.kind) return sub.kind == ValueKind::Bottom;
    return !sub.isRef() || (sub.nullable <= super.nullable &&
                            (sub.heap == super.heap || isSubtype(sub.heap, super.heap)));
  }
  bool isSubtype(const FieldType& sub, const FieldType& super) const;
  // Returns whether the composite types match (section 3.3.8), as is required of a declared
  // supertype. The declared supertypes and finality are ignored.
  bool isSubtype(const SubType& sub, const SubType& super) const;
  // Returns whether the sequences have the same length and match element by element (section
  // 3.3.6).
  bool isSubtype(std::span<const ValueType> sub, std::span<const ValueType> super) const;

  // Returns the abstract type at the top of a type's hierarchy: func, extern, any or exn. Returns
  // kBottom for kBottom.
  HeapType top(HeapType type) const;

 private:
  bool isConcreteSubtype(uint32_t sub, uint32_t super) const;

  std::span<const SubType> types_;
  std::vector<uint32_t> canonical_;
};

}  // namespace wasm
