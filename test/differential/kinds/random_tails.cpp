// The kind "tails": calls of $tail0 and $tail1, which end in tail calls of each other and of other
// functions (random_module.cpp).
#include "test/differential/generate/kinds.h"

namespace differential {

// The first argument is the number of tail calls.
std::string tails(Scope& scope) {
  Random& random = scope.random;
  std::string depth = random.chance(50) ? number("i32", static_cast<int64_t>(random.below(2000)))
                                        : apply("i32", "and", get("$b"), number("i32", 255));
  return scope.loopOrNot(4, 6, [&](const std::string& pointer) {
    const Access& to = scope.randomStore();
    std::string out =
        random.chance(60) ? scope.store(to, pointer, scope.value(to.type)) : std::string();
    out += scope.result("i32", fmt::format("(call $tail{} {} {} {})", random.below(2), depth,
                                           scope.value("i32"), scope.value("i64")));
    const Access& from = scope.randomLoad();
    return random.chance(60) ? out + scope.result(from.type, scope.load(from, pointer)) : out;
  });
}

}  // namespace differential
