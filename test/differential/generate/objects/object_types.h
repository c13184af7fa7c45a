// The random struct and array types of a module, and the reference types that its functions use.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "test/differential/generate/random.h"

namespace differential {

// A reference type that includes null.
struct RefType {
  enum class Kind : uint8_t { Any, Eq, I31, AnyStruct, AnyArray, Extern, Callee, Struct, Array };
  Kind kind = Kind::Any;
  unsigned index = 0;  // of a Struct, "$s0" ..., or an Array, "$a0" ...

  // Returns the heap type, such as "any" or "$s0", and the type, such as "(ref null $s0)".
  std::string heapType() const;
  std::string text() const { return "(ref null " + heapType() + ")"; }
  friend bool operator==(const RefType&, const RefType&) = default;
};

// The type of a field or of an element.
struct FieldType {
  std::string storage;  // "i8", "i64", "(ref null $s0)"
  bool isMutable = true;
  std::optional<RefType> reference;

  bool isPacked() const { return storage == "i8" || storage == "i16"; }
  // Returns the type of the value that an instruction reads: "i32" for packed fields.
  std::string valueType() const { return isPacked() ? "i32" : storage; }
};

// A struct type "$s0" ... The fields of the supertype come first.
struct StructType {
  std::optional<unsigned> super;
  bool isFinal = false;
  std::vector<FieldType> fields;
};

// The types of a module with objects. The type $s0 is a node of lists and trees: a value, two
// references to nodes, and any object.
struct ObjectTypes {
  std::vector<StructType> structs;
  std::vector<FieldType> arrays;  // the elements of "$a0" ...

  // Returns whether all values of the type `sub` are also of the type `super`.
  bool matches(const RefType& sub, const RefType& super) const;
  // Returns the definitions, which are one recursive group.
  std::string text() const;
};

// The fields of $s0.
inline constexpr unsigned kNodeValue = 0;
inline constexpr unsigned kNodeNext = 1;
inline constexpr unsigned kNodeOther = 2;
inline constexpr unsigned kNodeAny = 3;
inline constexpr RefType kNode{RefType::Kind::Struct, 0};
inline constexpr RefType kAny{RefType::Kind::Any};

// Returns random types.
ObjectTypes randomObjectTypes(Random& random);

}  // namespace differential
