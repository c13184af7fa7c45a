// The kinds "catches" and "legacy": nested handlers, in the standard form and in the legacy one.
#include "test/differential/generate/exceptions/exceptions.h"
#include "test/differential/generate/kinds.h"

namespace differential {

std::string catches(Scope& scope) {
  Objects objects(scope);
  Exceptions exceptions(scope, objects, 0);
  std::string out = objects.prologue();
  for (uint64_t i = 1 + scope.random.below(3); i > 0; --i) {
    out += exceptions.guarded(2);
    if (scope.random.chance(30)) out += exceptions.statements(1);
  }
  return out;
}

std::string legacy(Scope& scope) { return catches(scope); }

}  // namespace differential
