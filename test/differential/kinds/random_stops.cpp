// The kind "stops": instructions that trap explicitly (unreachable, division, conversion) between
// stores and in loops. The order of traps and stores must be preserved.
#include "test/differential/generate/kinds.h"

namespace differential {
namespace {

// Returns an instruction that may trap, depending on loaded values. `br_if 0` leaves the iteration.
std::string stop(Scope& scope, const std::string& pointer) {
  Random& random = scope.random;
  std::string loaded = scope.load(scope.randomLoad("i32"), pointer);
  std::string wide = scope.load(scope.randomLoad("i64"), pointer);
  switch (random.below(8)) {
    case 0:
      return fmt::format("(if (i32.eq {} {}) (then (unreachable)))\n",
                         apply("i32", "and", loaded, number("i32", 15)), number("i32", 3));
    case 1:
      return scope.result(
          "i32", apply("i32", random.chance(50) ? "div_s" : "div_u", scope.value("i32"), loaded));
    case 2:
      return scope.result(
          "i64", apply("i64", random.chance(50) ? "rem_s" : "rem_u", wide, scope.value("i64")));
    case 3:
      return fmt::format("(drop {})\n", apply("i32", "div_s", number("i32", INT32_MIN),
                                              apply("i32", "sub", loaded, number("i32", 5))));
    case 4:
      return scope.result("i32", fmt::format("(i32.trunc_f64_s (f64.mul (local.get $d) "
                                             "(f64.convert_i32_u {})))",
                                             loaded));
    case 5:
      return fmt::format("(drop (i64.trunc_f32_u (f32.reinterpret_i32 {})))\n", loaded);
    case 6:
      return fmt::format("(br_if 0 {})\n", apply("i32", "eq", loaded, number("i32", 200)));
    default:
      return scope.result("i32", loaded);
  }
}

}  // namespace

std::string stops(Scope& scope) {
  Random& random = scope.random;
  // Each iteration has at most one store, and these do not overlap, so that the promise
  // NoOtherStores holds.
  std::string out = scope.loopOrNot(8, 100, [&](const std::string& pointer) {
    std::string before = stop(scope, pointer);
    std::string after = random.chance(40) ? stop(scope, pointer) : "";
    std::string store =
        fmt::format("(i64.store {} {} {})\n", scope.memoryName(), get(pointer), scope.value("i64"));
    return fmt::format("(block {}{}{})\n", before, random.chance(60) ? store : "", after);
  });
  if (random.chance(30)) out += fmt::format("(if {} (then (unreachable)))\n", scope.value("i32"));
  return out;
}

}  // namespace differential
