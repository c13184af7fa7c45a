// The kinds of random functions. Each has a generator in a file of the folder kinds.
#pragma once

#include <string>

#include "test/differential/generate/outcome.h"
#include "test/differential/generate/scope.h"

namespace differential {

#define KIND(name, promise) std::string name(Scope& scope);
#include "test/differential/generate/kinds.def"
#undef KIND

// A row of kinds.def.
struct Kind {
  const char* name;
  std::string (*body)(Scope&);  // returns the statements of a function
  Promise promise;
};

// All rows of kinds.def.
inline constexpr Kind kKinds[] = {
#define KIND(name, promise) {#name, name, Promise::promise},
#include "test/differential/generate/kinds.def"
#undef KIND
};

}  // namespace differential
