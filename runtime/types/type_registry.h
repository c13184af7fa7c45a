// Canonical ids for the types of all modules (section 3.1.3 of the specification): types at the
// same place in equal recursive groups have one id in the whole process, so that types of several
// modules are compared as integers. An id is valid as long as a TypeIds holds it; after that
// another type may get it. May be used from any thread; only allocating and releasing ids takes a
// lock.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/abi/module_descriptor.h"
#include "runtime/types/func_type.h"

namespace runtime {

struct CanonicalType {
  abi::CompositeKind kind = abi::CompositeKind::Func;
  const CanonicalType* supertype = nullptr;
  uint32_t depth = 0;  // supertypes above it
  FuncType func;       // Func
};

// Holds ids as long as it lives, and with them the ids that their types refer to.
class TypeIds {
 public:
  TypeIds() = default;
  // The ids of a module's types, by type index.
  explicit TypeIds(const abi::Array<abi::SubType>& types);
  // The id of a final function type in a group of its own, such as a host function has. Type
  // indices in it, here and in the next one, are ids that are held.
  explicit TypeIds(const FuncType& type);
  // The id that a concrete reference type names; none for another type.
  explicit TypeIds(const abi::ValueType& type);
  TypeIds(TypeIds&& other) noexcept;
  TypeIds& operator=(TypeIds&& other) noexcept;
  ~TypeIds();

  uint32_t operator[](uint32_t index) const { return ids_[index]; }
  std::span<const uint32_t> all() const { return ids_; }

 private:
  std::vector<uint32_t> ids_;  // groups are whole, but for one of a single number
};

// Returns the type of an id that is held.
const CanonicalType& canonicalType(uint32_t typeId);

// Returns a number above all ids that are held. It stays near the most ids that were held at a
// time.
uint32_t typeIdsEnd();

// Returns whether `sub` is `super` or is declared as a subtype of it, directly or not.
bool isSubtype(uint32_t sub, uint32_t super);

}  // namespace runtime
