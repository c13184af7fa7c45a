// The kind "unwinding": exceptions that pass through many frames, of which some catch and throw
// them again.
#include "test/differential/generate/exceptions/exceptions.h"
#include "test/differential/generate/kinds.h"

namespace differential {

std::string unwinding(Scope& scope) {
  Random& random = scope.random;
  Objects objects(scope);
  Exceptions exceptions(scope, objects, 0);
  std::string depth = random.chance(50) ? number("i32", static_cast<int64_t>(random.below(1000)))
                                        : apply("i32", "and", get("$b"), number("i32", 127));
  std::string called =
      scope.result("i32", fmt::format("(call $deep {} {})", depth, scope.value("i64")));
  std::string caught = scope.result("i64", "(i64.const 99)") + exceptions.statements(0);
  std::string end = scope.label(), handler = scope.label();
  std::string tried =
      scope.shape.hasLegacyExceptions
          ? fmt::format("(try (do\n{})\n(catch_all\n{}))\n", called, caught)
          : fmt::format("(block {0} (block {1} (try_table (catch_all {1})\n{2}) (br {0}))\n{3})\n",
                        end, handler, called, caught);
  return objects.prologue() + scope.loopOrNot(8, 6, [&](const std::string& pointer) {
    const Access& to = scope.randomStore();
    std::string body = scope.store(to, pointer, scope.value(to.type)) + tried;
    return random.chance(30) ? body + called : body;
  });
}

}  // namespace differential
