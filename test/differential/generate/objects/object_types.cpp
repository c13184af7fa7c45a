#include "test/differential/generate/objects/object_types.h"

#include <fmt/format.h>

namespace differential {
namespace {

using Kind = RefType::Kind;

constexpr const char* kNumeric[] = {"i8", "i16", "i32", "i64", "f32", "f64", "v128", "i32", "i64"};
// The elements of the first arrays: each numeric type once.
constexpr const char* kElements[] = {"i8", "i16", "i32", "i64", "f32", "f64", "v128"};

FieldType fieldOf(const RefType& type, bool isMutable) { return {type.text(), isMutable, type}; }

RefType randomReference(Random& random, unsigned structs, unsigned arrays) {
  constexpr Kind kAbstract[] = {Kind::Any,      Kind::Eq,     Kind::I31,   Kind::AnyStruct,
                                Kind::AnyArray, Kind::Extern, Kind::Callee};
  if (random.chance(50)) return {Kind::Struct, static_cast<unsigned>(random.below(structs))};
  if (random.chance(40)) return {Kind::Array, static_cast<unsigned>(random.below(arrays))};
  return {random.oneOf(kAbstract)};
}

// Returns the fields of the supertype and new ones.
StructType randomStruct(Random& random, const ObjectTypes& types, unsigned structs,
                        std::optional<unsigned> super, unsigned arrays) {
  StructType type{super, false, {}};
  if (super) type.fields = types.structs[*super].fields;
  for (uint64_t i = random.below(super ? 3 : 5); i > 0; --i) {
    bool isMutable = random.chance(75);
    if (random.chance(35)) {
      type.fields.push_back(fieldOf(randomReference(random, structs, arrays), isMutable));
    } else {
      type.fields.push_back({random.oneOf(kNumeric), isMutable, std::nullopt});
    }
  }
  return type;
}

std::string fieldText(const FieldType& field) {
  return field.isMutable ? fmt::format("(mut {})", field.storage) : field.storage;
}

std::string structText(const StructType& type) {
  std::string text = "(sub";
  if (type.isFinal) text += " final";
  if (type.super) text += fmt::format(" $s{}", *type.super);
  text += " (struct";
  for (const FieldType& field : type.fields) text += fmt::format(" (field {})", fieldText(field));
  return text + "))";
}

}  // namespace

std::string RefType::heapType() const {
  switch (kind) {
    case Kind::Any:
      return "any";
    case Kind::Eq:
      return "eq";
    case Kind::I31:
      return "i31";
    case Kind::AnyStruct:
      return "struct";
    case Kind::AnyArray:
      return "array";
    case Kind::Extern:
      return "extern";
    case Kind::Callee:
      return "$callee";
    case Kind::Struct:
      return fmt::format("$s{}", index);
    case Kind::Array:
      return fmt::format("$a{}", index);
  }
  return "";
}

bool ObjectTypes::matches(const RefType& sub, const RefType& super) const {
  if (sub == super) return true;
  if (sub.kind == Kind::Extern || sub.kind == Kind::Callee) return false;
  switch (super.kind) {
    case Kind::Any:
      return true;
    case Kind::Eq:
      return sub.kind != Kind::Any;
    case Kind::AnyStruct:
      return sub.kind == Kind::Struct;
    case Kind::AnyArray:
      return sub.kind == Kind::Array;
    case Kind::Struct: {
      if (sub.kind != Kind::Struct) return false;
      std::optional<unsigned> above = structs[sub.index].super;
      return above && matches({Kind::Struct, *above}, super);
    }
    default:
      return false;
  }
}

std::string ObjectTypes::text() const {
  std::string text = "  (rec\n";
  for (size_t i = 0; i < structs.size(); ++i) {
    text += fmt::format("    (type $s{} {})\n", i, structText(structs[i]));
  }
  for (size_t i = 0; i < arrays.size(); ++i) {
    text += fmt::format("    (type $a{} (array {}))\n", i, fieldText(arrays[i]));
  }
  return text + "  )\n";
}

// Some modules have one long chain of subtypes, since casts to types of a large depth are compiled
// in another way.
ObjectTypes randomObjectTypes(Random& random) {
  bool isChain = random.chance(20);
  unsigned structs = isChain ? 16 : 4 + static_cast<unsigned>(random.below(6));
  unsigned arrays = static_cast<unsigned>(std::size(kElements)) + 4;
  ObjectTypes types;
  types.structs.push_back({std::nullopt,
                           false,
                           {{"i64", true, std::nullopt},
                            fieldOf(kNode, true),
                            fieldOf(kNode, true),
                            fieldOf(kAny, true)}});
  std::vector<bool> isSuper(structs);
  for (unsigned i = 1; i < structs; ++i) {
    std::optional<unsigned> super;
    if (isChain) {
      super = i - 1;
    } else if (random.chance(65)) {
      super = static_cast<unsigned>(random.below(i));
    }
    if (super) isSuper[*super] = true;
    types.structs.push_back(randomStruct(random, types, structs, super, arrays));
  }
  for (unsigned i = 1; i < structs; ++i) {
    types.structs[i].isFinal = !isSuper[i] && random.chance(50);
  }
  for (const char* element : kElements) {
    types.arrays.push_back({element, random.chance(90), std::nullopt});
  }
  types.arrays.push_back(fieldOf(kAny, true));
  types.arrays.push_back(fieldOf(kNode, true));
  while (types.arrays.size() < arrays) {
    types.arrays.push_back(fieldOf(randomReference(random, structs, arrays), random.chance(90)));
  }
  return types;
}

}  // namespace differential
