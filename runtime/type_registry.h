// Canonical numbers for the types of all modules (section 3.1.3 of the specification): types of
// recursive groups of one shape, at one place in them, have one number in the whole process, so
// that types of several modules are compared as integers. Numbers start at 0 and are never given
// back. Safe to use from any thread; only giving out numbers takes a lock.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/abi/module_descriptor.h"
#include "runtime/value.h"

namespace runtime {

struct CanonicalType {
  abi::CompositeKind kind = abi::CompositeKind::Func;
  const CanonicalType* supertype = nullptr;
  uint32_t depth = 0;  // supertypes above it
  FuncType func;       // Func
};

// The numbers of a module's types, by type index.
std::vector<uint32_t> canonicalTypeIds(const abi::Array<abi::SubType>& types);

// The number of a final function type in a group of its own: what a host function has.
uint32_t canonicalTypeId(const FuncType& type);

// The type of a number that was given out; valid as long as the process.
const CanonicalType& canonicalType(uint32_t typeId);

// Whether `sub` is `super` or is declared to be below it.
bool isSubtype(uint32_t sub, uint32_t super);

}  // namespace runtime
