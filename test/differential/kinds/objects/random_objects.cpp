// The kind "objects": all kinds of statements and expressions with structs, arrays and references.
#include "test/differential/generate/kinds.h"
#include "test/differential/generate/objects/objects.h"

namespace differential {

std::string objects(Scope& scope) {
  Objects objects(scope);
  std::string out = objects.prologue();
  return out + scope.loopOrNot(8, 10, [&](const std::string& pointer) {
    std::string body;
    for (uint64_t i = 3 + scope.random.below(6); i > 0; --i) {
      if (scope.random.chance(10)) {
        const Access& to = scope.randomStore();
        body += scope.store(to, pointer, objects.number(to.type, 2));
      } else {
        body += objects.statement(2);
      }
    }
    return body;
  }) + objects.use();
}

}  // namespace differential
