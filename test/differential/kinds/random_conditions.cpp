// The kind "conditions": loops with conditional loads or stores, which vectorization makes masked
// accesses. A masked access must not trap for lanes that the program does not access.
#include "test/differential/generate/kinds.h"

namespace differential {

// Each iteration stores to its own element, so that the promise NoOtherStores holds.
std::string conditions(Scope& scope) {
  constexpr const char* kOrders[] = {"lt_u", "gt_s", "eq", "ne", "ge_u"};
  Random& random = scope.random;
  const Access& to = scope.randomStore();
  const Access& from = scope.randomLoad(to.type);
  std::string other = scope.declare(scope.index());
  std::string sum = scope.declare(to.type);
  std::string out = set(other, scope.start()) + "\n";
  out += scope.loop(to.bytes, 600, [&](const std::string& pointer) {
    const Access& asked = scope.randomLoad(random.chance(70) ? "i32" : "i64");
    std::string condition =
        apply(asked.type, random.oneOf(kOrders), scope.load(asked, pointer),
              random.chance(60) ? scope.constant(asked.type) : scope.value(asked.type));
    std::string value = random.chance(40) ? scope.load(from, random.chance(60) ? pointer : other)
                                          : scope.value(to.type);
    std::string store = scope.access(to, get(pointer), 0, value) + "\n";
    std::string add = set(sum, apply(to.type, "add", get(sum), scope.load(from, other))) + "\n";
    std::string body = fmt::format("(if {} (then {}) (else {}))\n", condition,
                                   random.chance(75) ? store : add, random.chance(30) ? add : "");
    if (random.chance(30)) {
      body += set(other, apply(scope.index(), "add", get(other), number(scope.index(), 4))) + "\n";
    }
    return body;
  });
  return out + scope.result(to.type, get(sum));
}

}  // namespace differential
