// The kind "bulk": memory.fill, memory.copy, memory.init and data.drop, between loads and stores
// and in loops. Bulk instructions must trap before they write anything.
#include "test/differential/generate/kinds.h"

namespace differential {
namespace {

// Returns a length, which is small enough in most cases that the range is in bounds.
std::string length(Scope& scope, const std::string& index) {
  Random& random = scope.random;
  std::string b = index == "i64" ? "(i64.extend_i32_u (local.get $b))" : get("$b");
  switch (random.below(5)) {
    case 0:
      return number(index, static_cast<int64_t>(random.below(80)));
    case 1:
      return number(index, random.chance(50) ? 0 : static_cast<int64_t>(random.below(70000)));
    case 2:
      return b;
    default:
      return apply(index, "and", b, number(index, random.chance(80) ? 127 : 0x1fff));
  }
}

// Returns a copy within the memory, whose ranges may overlap, or from or to another one. The type
// of a length is i64 only if both memories have 64-bit addresses.
std::string copy(Scope& scope, const std::string& pointer) {
  const std::string& index = scope.index();
  Random& random = scope.random;
  if (random.chance(70) || scope.shape.memories.size() == 1) {
    std::string from = random.chance(50) ? scope.start() : scope.safeStart();
    std::string to = get(pointer);
    if (random.chance(40)) std::swap(from, to);
    return fmt::format("(memory.copy {0} {0} {1} {2} {3})\n", scope.memoryName(), to, from,
                       length(scope, index));
  }
  uint64_t other = random.below(scope.shape.memories.size());
  bool isOther64 = scope.shape.memories[other].is64;
  std::string at = isOther64 ? "(i64.extend_i32_u (local.get $b))" : get("$b");
  std::string lengthType = isOther64 && index == "i64" ? "i64" : "i32";
  if (random.chance(50)) {
    return fmt::format("(memory.copy $m{} {} {} {} {})\n", other, scope.memoryName(), at,
                       get(pointer), length(scope, lengthType));
  }
  return fmt::format("(memory.copy {} $m{} {} {} {})\n", scope.memoryName(), other, get(pointer),
                     at, length(scope, lengthType));
}

// Returns a bulk instruction, a store, or a load whose value may not be used.
std::string statement(Scope& scope, const std::string& pointer) {
  Random& random = scope.random;
  const std::string& index = scope.index();
  switch (random.below(8)) {
    case 0:
    case 1:
      return fmt::format("(memory.fill {} {} {} {})\n", scope.memoryName(), get(pointer),
                         scope.value("i32"), length(scope, index));
    case 2:
    case 3:
      return copy(scope, pointer);
    case 4:
      return fmt::format("(memory.init {} $bytes {} (i32.const {}) (i32.and {} (i32.const {})))\n",
                         scope.memoryName(), get(pointer), random.below(kSegmentBytes + 8),
                         scope.value("i32"), random.chance(80) ? 63 : 511);
    case 5: {
      const Access& to = scope.randomStore();
      return scope.store(to, pointer, scope.value(to.type));
    }
    case 6:
      return random.chance(20)
                 ? "(data.drop $bytes)\n"
                 : fmt::format("(drop {})\n", scope.load(scope.randomLoad(), pointer));
    default: {
      const Access& from = scope.randomLoad();
      return scope.result(from.type, scope.load(from, pointer));
    }
  }
}

}  // namespace

// Loops have few iterations, since a bulk instruction may write the whole memory.
std::string bulk(Scope& scope) {
  Random& random = scope.random;
  std::string out;
  for (uint64_t i = 1 + random.below(2); i > 0; --i) {
    auto body = [&](const std::string& pointer) {
      std::string statements;
      for (uint64_t k = 1 + random.below(3); k > 0; --k) statements += statement(scope, pointer);
      return statements;
    };
    out += scope.loopOrNot(random.chance(50) ? 16 : 64, 12, body);
  }
  return out;
}

}  // namespace differential
