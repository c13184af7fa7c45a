#include "compiler/wasm/type_relations.h"

#include <string>
#include <unordered_map>

namespace wasm {
namespace {

// Encodes a recursive group as a string that is equal for equivalent groups only: indices of the
// group's own members are relative to its start, all others are canonical.
class GroupKey {
 public:
  GroupKey(std::span<const SubType> types, uint32_t first, const std::vector<uint32_t>& canonical)
      : first_(first), canonical_(canonical) {
    for (uint32_t i = 0; i < types[first].groupSize; ++i) add(types[first + i]);
  }

  const std::u32string& text() const { return text_; }

 private:
  void add(const SubType& type) {
    number(static_cast<uint32_t>(type.kind) << 1 | (type.isFinal ? 1 : 0));
    number(type.supertype ? 1 : 0);
    if (type.supertype) index(*type.supertype);
    list(type.func.params);
    list(type.func.results);
    number(static_cast<uint32_t>(type.fields.size()));
    for (const FieldType& field : type.fields) {
      number(static_cast<uint32_t>(field.packed) << 1 | (field.isMutable ? 1 : 0));
      value(field.type);
    }
  }

  void list(const ValueTypes& types) {
    number(static_cast<uint32_t>(types.size()));
    for (const ValueType& type : types) value(type);
  }

  void value(const ValueType& type) {
    number(static_cast<uint32_t>(type.kind) << 2 | (type.nullable ? 2 : 0) |
           (type.heap.isConcrete() ? 1 : 0));
    if (type.heap.isConcrete()) {
      index(type.heap.typeIndex());
    } else {
      number(type.heap.abstract());
    }
  }

  // Types refer only to their own group and to earlier groups, which already have canonical
  // indices.
  void index(uint32_t typeIndex) {
    bool isInside = typeIndex >= first_;
    number(isInside ? 1 : 0);
    number(isInside ? typeIndex - first_ : canonical_[typeIndex]);
  }

  void number(uint32_t value) { text_.push_back(static_cast<char32_t>(value)); }

  std::u32string text_;
  uint32_t first_;
  const std::vector<uint32_t>& canonical_;
};

// The direct supertypes of abstract types; each has at most one.
struct Edge {
  HeapType::Abstract sub;
  HeapType::Abstract super;
};
constexpr Edge kEdges[] = {
    {HeapType::kI31, HeapType::kEq},
    {HeapType::kStruct, HeapType::kEq},
    {HeapType::kArray, HeapType::kEq},
    {HeapType::kEq, HeapType::kAny},
};

// The bottom type and the top type of each hierarchy.
constexpr Edge kHierarchies[] = {
    {HeapType::kNoFunc, HeapType::kFunc},
    {HeapType::kNoExtern, HeapType::kExtern},
    {HeapType::kNone, HeapType::kAny},
    {HeapType::kNoExn, HeapType::kExn},
};

HeapType::Abstract kindOf(const SubType& type) {
  switch (type.kind) {
    case CompositeKind::Func:
      return HeapType::kFunc;
    case CompositeKind::Struct:
      return HeapType::kStruct;
    case CompositeKind::Array:
      return HeapType::kArray;
  }
  return HeapType::kBottom;
}

// Returns whether `super` is `sub` or one of its supertypes, not counting bottom types.
bool isAbove(HeapType::Abstract sub, HeapType super) {
  if (super == sub) return true;
  for (const Edge& edge : kEdges) {
    if (edge.sub == sub) return isAbove(edge.super, super);
  }
  return false;
}

}  // namespace

// Groups are equivalent if their keys are equal, and then so are their members at the same
// position.
TypeRelations::TypeRelations(std::span<const SubType> types) : types_(types) {
  std::unordered_map<std::u32string, uint32_t> groups;
  canonical_.resize(types.size());
  for (uint32_t first = 0; first < types.size(); first += types[first].groupSize) {
    auto [group, isNew] = groups.try_emplace(GroupKey(types, first, canonical_).text(), first);
    for (uint32_t i = 0; i < types[first].groupSize; ++i) canonical_[first + i] = group->second + i;
  }
}

bool TypeRelations::isSubtype(HeapType sub, HeapType super) const {
  if (sub == super || sub == HeapType::kBottom) return true;
  if (super == HeapType::kBottom) return false;
  if (sub.isConcrete()) {
    if (super.isConcrete()) return isConcreteSubtype(sub.typeIndex(), super.typeIndex());
    return isAbove(kindOf(types_[sub.typeIndex()]), super);
  }
  // A bottom type such as `none` matches every type of its hierarchy, concrete types included.
  for (const Edge& hierarchy : kHierarchies) {
    if (sub == hierarchy.sub) return top(super) == hierarchy.super;
  }
  return !super.isConcrete() && isAbove(sub.abstract(), super);
}

// Subtyping of defined types is declared (section 3.3.10), so the chain of supertypes is searched.
// Its length is at most kMaxSubtypeDepth.
bool TypeRelations::isConcreteSubtype(uint32_t sub, uint32_t super) const {
  for (std::optional<uint32_t> type = sub; type; type = types_[*type].supertype) {
    if (canonical_[*type] == canonical_[super]) return true;
  }
  return false;
}

// Immutable fields are covariant, mutable ones invariant (section 3.3.9), since a mutable field can
// be written through a reference to the supertype.
bool TypeRelations::isSubtype(const FieldType& sub, const FieldType& super) const {
  if (sub.packed != super.packed || sub.isMutable != super.isMutable) return false;
  if (!isSubtype(sub.type, super.type)) return false;
  return !sub.isMutable || isSubtype(super.type, sub.type);
}

// Structs may have additional fields at the end. Parameters are contravariant, results covariant.
bool TypeRelations::isSubtype(const SubType& sub, const SubType& super) const {
  if (sub.kind != super.kind || sub.fields.size() < super.fields.size()) return false;
  for (size_t i = 0; i < super.fields.size(); ++i) {
    if (!isSubtype(sub.fields[i], super.fields[i])) return false;
  }
  return isSubtype(std::span(super.func.params), std::span(sub.func.params)) &&
         isSubtype(std::span(sub.func.results), std::span(super.func.results));
}

bool TypeRelations::isSubtype(std::span<const ValueType> sub,
                              std::span<const ValueType> super) const {
  if (sub.size() != super.size()) return false;
  for (size_t i = 0; i < sub.size(); ++i) {
    if (!isSubtype(sub[i], super[i])) return false;
  }
  return true;
}

HeapType TypeRelations::top(HeapType type) const {
  HeapType::Abstract abstract =
      type.isConcrete() ? kindOf(types_[type.typeIndex()]) : type.abstract();
  for (const Edge& hierarchy : kHierarchies) {
    if (abstract == hierarchy.sub || isAbove(abstract, hierarchy.super)) return hierarchy.super;
  }
  return HeapType::kBottom;
}

}  // namespace wasm
