// The kinds of random functions.
#pragma once

#include <string>

#include "test/differential/generate/outcome.h"
#include "test/differential/generate/scope.h"

namespace differential {

#define KIND(name, promise) std::string name(Scope& scope);
#include "test/differential/generate/kinds.def"
#undef KIND

struct Kind {
  const char* name;
  std::string (*body)(Scope&);  // statements
  Promise promise;
};

inline constexpr Kind kKinds[] = {
#define KIND(name, promise) {#name, name, Promise::promise},
#include "test/differential/generate/kinds.def"
#undef KIND
};

}  // namespace differential
