// The table of the kinds of random functions. Each kind has a generator in a file of the folder
// kinds.
#pragma once

#include <string>

#include "test/differential/generate/outcome.h"
#include "test/differential/generate/scope.h"

namespace differential {

#define KIND(name, promise, need) std::string name(Scope& scope);
#include "test/differential/generate/kinds.def"
#undef KIND

// What a module must have for functions of a kind.
enum class Need : uint8_t {
  Nothing,
  Memory32,    // memory 0 has 32-bit addresses
  Objects,     // Shape::objects
  Exceptions,  // the same, and exceptions in the standard form
  LegacyExceptions,
  ManyObjects,  // as Objects; so many objects are created that a collection at each takes too long
};

// A row of kinds.def.
struct Kind {
  const char* name;
  std::string (*body)(Scope&);  // the generator; returns the statements of a function
  Promise promise;              // for the functions of this kind
  Need need;

  // Returns whether functions of this kind may be in a module of this shape.
  bool isPermitted(const Shape& shape) const;
};

// All rows of kinds.def.
inline constexpr Kind kKinds[] = {
#define KIND(name, promise, need) {#name, name, Promise::promise, Need::need},
#include "test/differential/generate/kinds.def"
#undef KIND
};

}  // namespace differential
