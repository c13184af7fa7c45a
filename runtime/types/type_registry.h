// Canonical numbers for the types of all modules (section 3.1.3 of the specification): types of
// recursive groups of one shape, at one place in them, have one number in the whole process, so
// that types of several modules are compared as integers. A number means its type as long as
// somebody holds it; then it comes back, and may be given to another type. Safe to use from any
// thread; only giving out numbers and taking them back takes a lock.
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

// Numbers that are held as long as this lives, and with them all that their types refer to.
class TypeIds {
 public:
  TypeIds() = default;
  // Those of a module's types, by type index.
  explicit TypeIds(const abi::Array<abi::SubType>& types);
  // That of a final function type in a group of its own: what a host function has. Its type indices
  // are numbers that somebody holds, as are those below.
  explicit TypeIds(const FuncType& type);
  // That of a reference type, or of none.
  explicit TypeIds(const abi::ValueType& type);
  TypeIds(TypeIds&& other) noexcept;
  TypeIds& operator=(TypeIds&& other) noexcept;
  ~TypeIds();

  uint32_t operator[](uint32_t index) const { return ids_[index]; }
  std::span<const uint32_t> all() const { return ids_; }

 private:
  std::vector<uint32_t> ids_;  // groups are whole, but for one of a single number
};

// The type of a number that is held.
const CanonicalType& canonicalType(uint32_t typeId);

// How many numbers there are room for: no more than were held at one time, but for what is left
// between them.
uint32_t typeIdsEnd();

// Whether `sub` is `super` or is declared to be below it.
bool isSubtype(uint32_t sub, uint32_t super);

}  // namespace runtime
