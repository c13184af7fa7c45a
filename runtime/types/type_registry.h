// The registry of the types of all modules of the process (hash consing): it assigns canonical ids
// such that two types have the same id if and only if they are equivalent (iso-recursive
// equivalence; core specification, section 3.1 "Conventions"), that is, they are at the same
// position in equal recursive groups. So types of different modules are compared as integers.
//
// An id is valid as long as a TypeIds object holds it, directly or through a type that refers to
// it. Afterwards it may be assigned to another type. All functions are thread-safe. Allocating and
// releasing ids takes a lock, looking up types does not.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "runtime/abi/module_descriptor.h"
#include "runtime/types/func_type.h"

namespace runtime {

// A registered type.
struct CanonicalType {
  abi::CompositeKind kind = abi::CompositeKind::Func;
  const CanonicalType* supertype = nullptr;  // the declared supertype, or null
  uint32_t depth = 0;                        // the number of supertypes above it
  bool isPlainFunc = false;  // final, without a supertype, and in a group of its own
  // With canonical type ids:
  FuncType func;                       // of a function
  std::vector<abi::FieldType> fields;  // of a struct; of an array, exactly one
};

// Holds a set of ids during its lifetime, and with them all ids that their types refer to. If
// several objects hold an id, it is valid until the last is destroyed (reference counting).
class TypeIds {
 public:
  // Holds no id.
  TypeIds() = default;
  // Holds the ids of a module's types, by type index. The types must be valid.
  // CHECKs that there is room for them.
  explicit TypeIds(const abi::Array<abi::SubType>& types);
  // Does the same. Returns nothing if the process would have more than typeCapacity() types.
  static std::optional<TypeIds> tryHold(const abi::Array<abi::SubType>& types);
  // Holds the id of a final function type in a group of its own, as host functions have. The type
  // indices in it must be ids that are held.
  explicit TypeIds(const FuncType& type);
  // Holds the id in a concrete reference type, which must be held already; holds no id for any
  // other type.
  explicit TypeIds(const abi::ValueType& type);
  // The assignment exchanges the ids of the two objects.
  TypeIds(TypeIds&& other) noexcept;
  TypeIds& operator=(TypeIds&& other) noexcept;
  ~TypeIds();

  uint32_t operator[](uint32_t index) const { return ids_[index]; }
  std::span<const uint32_t> all() const { return ids_; }

 private:
  // Ids of whole groups, one group after the other; or a single id of a group of any size.
  std::vector<uint32_t> ids_;
};

// Returns the type of an id that is held. It is valid as long as the id is.
const CanonicalType& canonicalType(uint32_t typeId);

// Returns a number above all ids that are held, for arrays that are indexed by id. It does not
// grow with the number of types that have been registered, but with the number held at a time.
uint32_t typeIdsEnd();

// Returns whether `sub` is `super` or a declared subtype of it, directly or transitively. Both ids
// must be held. The time is linear in the difference of their depths.
bool isSubtype(uint32_t sub, uint32_t super);

}  // namespace runtime
