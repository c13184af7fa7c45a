// The kind "calls": direct calls, calls through the table and calls out of the module, between
// accesses. Stores must not be moved across calls that may leave the module.
#include "test/differential/generate/kinds.h"

namespace differential {
namespace {

// Returns a call of a function with the result i32. An index of the table may be out of bounds, or
// that of a null or a function of another type.
std::string call(Scope& scope) {
  Random& random = scope.random;
  std::string arguments = scope.value("i32") + " " + scope.value("i64");
  switch (random.below(6)) {
    case 0: {
      std::string which =
          random.chance(70)
              ? number("i32", static_cast<int64_t>(random.below(kCallees)))
              : apply("i32", "rem_u", scope.value("i32"), number("i32", kTableElements + 2));
      return fmt::format("(call_indirect $table (type $callee) {} {})", arguments, which);
    }
    case 1:
      return fmt::format("(call $observe {})", arguments);
    case 2:
      return fmt::format("(call $safe{} {})", random.below(2), arguments);
    default:
      return fmt::format("(call $callee{} {})", random.below(kCallees), arguments);
  }
}

// Returns a call whose result may be ignored, conditional or stored, or an access.
std::string statement(Scope& scope, const std::string& pointer) {
  Random& random = scope.random;
  const Access& from = scope.randomLoad();
  const Access& to = scope.randomStore();
  switch (random.below(8)) {
    case 0:
    case 1:
      return scope.result("i32", call(scope));
    case 2:
      return fmt::format("(drop {})\n", call(scope));
    case 3:
      return fmt::format("(if (i32.and {} (i32.const 1)) (then (drop {})))\n", scope.value("i32"),
                         call(scope));
    case 4:
      return scope.store(to, pointer, scope.value(to.type));
    case 5:
      return fmt::format("(drop {})\n", scope.load(from, pointer));
    case 6:
      return scope.store(scope.randomStore("i32"), pointer, call(scope));
    default:
      return scope.result(from.type, scope.load(from, pointer));
  }
}

}  // namespace

std::string calls(Scope& scope) {
  Random& random = scope.random;
  return scope.loopOrNot(1u << random.below(4), 12, [&](const std::string& pointer) {
    std::string body;
    for (uint64_t i = 2 + random.below(4); i > 0; --i) body += statement(scope, pointer);
    return body;
  });
}

}  // namespace differential
