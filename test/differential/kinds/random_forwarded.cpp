// The kind "forwarded": stores followed by loads of the same bytes, with the same or another width,
// and stores that are overwritten. LLVM may forward the stored value to the load; the trap of
// either access must not be lost.
#include "test/differential/generate/kinds.h"

namespace differential {

// `where` is the address of the store, and in most cases also that of the load.
std::string forwarded(Scope& scope) {
  Random& random = scope.random;
  std::string q = scope.declare(scope.index());
  auto statement = [&](const std::string& p) {
    const std::string& at = random.chance(70) ? p : q;
    const Access& to = scope.randomStore();
    std::string where = scope.near(at);
    std::string store = fmt::format("({} {} {})\n", to.name, where, scope.value(to.type));
    const Access& from = scope.randomLoad(random.chance(60) ? to.type : "");
    std::string load = random.chance(70) ? fmt::format("({} {})", from.name, where)
                                         : scope.load(from, random.chance(60) ? at : q);
    switch (random.below(6)) {
      case 0:
        return store + fmt::format("(drop {})\n", load);
      case 1:
        return fmt::format("(drop {})\n", load) + store;
      case 2:
        return store + fmt::format("({} {} {})\n", to.name, where, scope.value(to.type));
      case 3:
        return store + scope.store(scope.randomStore(from.type), q, load);
      case 4:
        return store + fmt::format("(if (i32.eqz (i32.load8_u {})) (then (drop {})))\n",
                                   scope.near(q), load);
      default:
        return store + scope.result(from.type, load);
    }
  };
  std::string out = set(q, random.chance(60) ? scope.start() : scope.safeStart()) + "\n";
  return out + scope.loopOrNot(1u << random.below(4), 200, [&](const std::string& p) {
    std::string body;
    for (uint64_t i = 1 + random.below(3); i > 0; --i) body += statement(p);
    return body;
  });
}

}  // namespace differential
