// The table of the kinds of random functions. Each kind has a generator in a file of the folder
// kinds.
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
  std::string (*body)(Scope&);  // the generator; returns the statements of a function
  Promise promise;              // for the functions of this kind
};

// All rows of kinds.def.
inline constexpr Kind kKinds[] = {
#define KIND(name, promise) {#name, name, Promise::promise},
#include "test/differential/generate/kinds.def"
#undef KIND
};

}  // namespace differential
