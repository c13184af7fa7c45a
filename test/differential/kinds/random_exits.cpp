// The kind "exits": loops with several exits: searches, comparisons, copies up to a terminating
// element. A vectorized loop must not trap in iterations behind the exit.
#include "test/differential/generate/kinds.h"

namespace differential {

// `other` is a second pointer, and `found` the number of the exit. Both are part of the result.
std::string exits(Scope& scope) {
  constexpr const char* kOrders[] = {"eq", "ne", "lt_u", "gt_u", "lt_s"};
  Random& random = scope.random;
  const Access& element = scope.randomLoad();
  unsigned stride = element.bytes;
  const std::string& index = scope.index();
  std::string other = scope.declare(index), found = scope.declare("i32"), out_ = scope.label();
  // Returns an exit that is taken if a comparison with a loaded element holds.
  auto leave = [&](const std::string& pointer, int64_t which) {
    std::string here =
        scope.access(element, get(pointer), random.chance(70) ? 0 : random.below(64));
    std::string there = random.chance(50) ? scope.access(element, get(other))
                                          : number(element.type, random.below(256));
    std::string condition = apply(element.type, random.oneOf(kOrders), here, there);
    if (random.chance(30)) return fmt::format("(br_if {} {})\n", out_, condition);
    return fmt::format("(if {} (then {} (br {})))\n", condition, set(found, number("i32", which)),
                       out_);
  };
  auto body = [&](const std::string& pointer) {
    std::string text = leave(pointer, 1);
    if (random.chance(25)) {
      text += fmt::format("(i32.store8 {} {} {})\n", scope.memoryName(), get(pointer),
                          scope.value("i32"));
    }
    if (random.chance(50)) text += leave(pointer, 2);
    if (random.chance(20)) {
      text += fmt::format("(if (i32.eqz {}) (then (return {})))\n",
                          scope.load(scope.randomLoad("i32"), pointer), scope.returned());
    }
    return text + set(other, apply(index, "add", get(other), number(index, stride))) + "\n";
  };
  return set(other, random.chance(50) ? scope.start() : scope.safeStart()) + "\n" +
         fmt::format("(block {}\n{})\n", out_, scope.loop(stride, 1000, body)) +
         scope.result("i32", get(found)) + scope.result(index, get(other));
}

}  // namespace differential
