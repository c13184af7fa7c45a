// The kind "arrays": loops over arrays of all element types, and instructions on ranges of arrays.
#include "test/differential/generate/kinds.h"
#include "test/differential/generate/objects/objects.h"

namespace differential {

std::string arrays(Scope& scope) {
  Objects objects(scope);
  std::string out = objects.prologue();
  for (uint64_t i = 2 + scope.random.below(4); i > 0; --i) {
    switch (scope.random.below(5)) {
      case 0:
        out += objects.arrayStatement();
        break;
      case 1:
        out += objects.rangeStatement();
        break;
      case 2:
        out += objects.use();
        break;
      default:
        out += objects.arrayLoop();
    }
  }
  return out + objects.use();
}

}  // namespace differential
