// The kind "structures": accesses to the fields of structures: one base and several static offsets,
// for single structures and arrays. One access can cover the traps of others.
#include "test/differential/generate/kinds.h"

namespace differential {

std::string structures(Scope& scope) {
  constexpr unsigned kSizes[] = {8, 12, 16, 24, 32, 64};
  Random& random = scope.random;
  unsigned size = random.oneOf(kSizes);
  // Returns an aligned offset within the structure, or rarely one beyond the first page.
  auto field = [&](const Access& access) {
    uint64_t at = random.below(size) / access.bytes * access.bytes;
    return random.chance(4) ? at + 65520 : at;
  };
  // Returns a load, a store, or both, or the use of a field as a pointer.
  auto statement = [&](const std::string& base) {
    const Access& to = scope.randomStore();
    const Access& from = scope.randomLoad(to.type);
    std::string loaded = scope.access(from, get(base), field(from));
    switch (random.below(6)) {
      case 0:
        return scope.result(from.type, loaded);
      case 1:
        return fmt::format("(drop {})\n", loaded);
      case 2:
        return scope.access(to, get(base), field(to), scope.value(to.type)) + "\n";
      case 3: {
        std::string next = scope.declare("i32");
        return set(next, fmt::format("(i32.and (i32.load16_u {} {}) (i32.const 0xfff8))",
                                     scope.memoryName(), get(base))) +
               "\n" + scope.result("i32", get(next));
      }
      default:
        return scope.access(to, get(base), field(to),
                            apply(to.type, "add", loaded, scope.constant(to.type))) +
               "\n";
    }
  };
  return scope.loopOrNot(size, 100, [&](const std::string& base) {
    std::string body;
    for (uint64_t i = 2 + random.below(5); i > 0; --i) body += statement(base);
    return body;
  });
}

}  // namespace differential
