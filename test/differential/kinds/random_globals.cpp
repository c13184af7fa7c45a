// The kind "globals": globals that are set before and after instructions that may trap. The globals
// are exported or imported, so their values after a trap must be exact.
#include "test/differential/generate/kinds.h"

namespace differential {
namespace {

// Returns an assignment to one of the four globals.
std::string assignment(Scope& scope) {
  Random& random = scope.random;
  const char* type = random.chance(60) ? "i32" : "i64";
  std::string name = type[1] == '3' ? "$g0" : "$g1";
  switch (random.below(5)) {
    case 0:
      return fmt::format("(global.set {} {})\n", name, scope.value(type));
    case 1:
      return fmt::format("(global.set {0} {1})\n", name,
                         apply(type, "add", fmt::format("(global.get {})", name), number(type, 1)));
    case 2:
      return fmt::format("(global.set $g2 (f64.convert_i32_s {}))\n", scope.value("i32"));
    case 3:
      return fmt::format("(global.set $g3 {})\n", scope.value("i32"));
    default:
      return fmt::format("(global.set {} {})\n", name, scope.constant(type));
  }
}

}  // namespace

// The value of $g0 is part of the result as well.
std::string globals(Scope& scope) {
  Random& random = scope.random;
  // Each iteration stores 8 bytes beside those of the previous one, so that the promise
  // NoOtherStores holds.
  auto body = [&](const std::string& pointer) {
    std::string out = assignment(scope);
    const Access& from = scope.randomLoad(random.chance(50) ? "i32" : "");
    switch (random.below(5)) {
      case 0:
        out += fmt::format("(drop {})\n", scope.load(from, pointer));
        break;
      case 1:
        out += scope.result(from.type, scope.load(from, pointer));
        break;
      case 2:
        out += fmt::format("(i64.store {} {} {})\n", scope.memoryName(), get(pointer),
                           scope.value("i64"));
        break;
      case 3:
        out += fmt::format("(global.set $g1 (i64.load {}))\n", scope.near(pointer));
        break;
      default:
        out += fmt::format("(if (i32.eqz (i32.load8_u {})) (then {}) (else {}))\n",
                           scope.near(pointer), assignment(scope), assignment(scope));
        break;
    }
    return random.chance(60) ? out + assignment(scope) : out;
  };
  std::string out = random.chance(50) ? assignment(scope) : "";
  out += scope.loopOrNot(8, 100, body);
  out += scope.result("i32", "(global.get $g0)");
  return random.chance(50) ? out + assignment(scope) : out;
}

}  // namespace differential
