// The kind "atomics": all atomic instructions, between loads and stores and in loops. Only one
// thread runs, so that the results are determined.
#include "test/differential/generate/kinds.h"

namespace differential {
namespace {

// A size of atomic accesses and what follows the name of their type: "i64.atomic.load32_u",
// "i64.atomic.rmw32.add_u".
struct Width {
  const char* type;
  const char* bits;
  const char* suffix;
  unsigned bytes;
};
constexpr Width kWidths[] = {{"i32", "", "", 4},    {"i32", "8", "_u", 1}, {"i32", "16", "_u", 2},
                             {"i64", "", "", 8},    {"i64", "8", "_u", 1}, {"i64", "16", "_u", 2},
                             {"i64", "32", "_u", 4}};
constexpr const char* kOperations[] = {"add", "sub", "and", "or", "xor", "xchg"};

// Returns the memory, the offset and an address near the pointer, which is mostly aligned. If it is
// not, it is within a memory with 64-bit addresses: V8 tests alignment and bounds there in this
// order or in the other.
std::string place(Scope& scope, const std::string& pointer, unsigned bytes) {
  Random& random = scope.random;
  const std::string& index = scope.index();
  uint64_t offset = random.below(8);
  std::string at = get(pointer);
  if (random.chance(5)) {
    if (index == "i64") at = apply(index, "and", at, number(index, 0x3fff));
    return fmt::format("{} offset={} {}", scope.memoryName(), offset, at);
  }
  offset = random.chance(2) ? 0xfffffff0 : offset * bytes;
  at = apply(index, "and", at, number(index, -8));
  return fmt::format("{} offset={} {}", scope.memoryName(), offset, at);
}

std::string readModifyWrite(Scope& scope, const std::string& pointer) {
  Random& random = scope.random;
  const Width& width = random.oneOf(kWidths);
  std::string at = place(scope, pointer, width.bytes);
  std::string value = scope.value(width.type);
  if (random.chance(30)) {
    // The expected value is often the one that is there.
    std::string expected = random.chance(70) ? fmt::format("({}.atomic.load{}{} {})", width.type,
                                                           width.bits, width.suffix, at)
                                             : scope.value(width.type);
    return scope.result(width.type, fmt::format("({}.atomic.rmw{}.cmpxchg{} {} {} {})", width.type,
                                                width.bits, width.suffix, at, expected, value));
  }
  std::string done = fmt::format("({}.atomic.rmw{}.{}{} {} {})", width.type, width.bits,
                                 random.oneOf(kOperations), width.suffix, at, value);
  return random.chance(30) ? fmt::format("(drop {})\n", done) : scope.result(width.type, done);
}

// Returns a wait, which ends at once or after its time, or a notification, of nobody. Nothing else
// is on the stack of operands during a wait, where Node.js 26 loses it.
std::string waitOrNotify(Scope& scope, const std::string& pointer) {
  Random& random = scope.random;
  if (random.chance(30)) {
    return scope.result("i32", fmt::format("(memory.atomic.notify {} {})", place(scope, pointer, 4),
                                           scope.value("i32")));
  }
  const char* bits = random.chance(50) ? "32" : "64";
  std::string type = fmt::format("i{}", bits);
  std::string at = place(scope, pointer, 8);
  std::string expected =
      random.chance(70) ? fmt::format("({}.load {})", type, at) : scope.value(type);
  std::string ending = scope.declare("i32");
  std::string wait = fmt::format("(memory.atomic.wait{} {} {} (i64.const {}))", bits, at, expected,
                                 random.chance(80) ? 0 : 1000);
  return set(ending, wait) + scope.result("i32", get(ending));
}

std::string statement(Scope& scope, const std::string& pointer) {
  Random& random = scope.random;
  const Width& width = random.oneOf(kWidths);
  std::string at = place(scope, pointer, width.bytes);
  switch (random.below(9)) {
    case 0:
      return scope.result(width.type, fmt::format("({}.atomic.load{}{} {})", width.type, width.bits,
                                                  width.suffix, at));
    case 1:
      return fmt::format("({}.atomic.store{} {} {})\n", width.type, width.bits, at,
                         scope.value(width.type));
    case 2:
      return "(atomic.fence)\n";
    case 3:
      return random.chance(50) ? waitOrNotify(scope, pointer) : readModifyWrite(scope, pointer);
    case 4: {
      const Access& from = scope.randomLoad();
      return scope.result(from.type, scope.load(from, pointer));
    }
    case 5: {
      const Access& to = scope.randomStore();
      return scope.store(to, pointer, scope.value(to.type));
    }
    default:
      return readModifyWrite(scope, pointer);
  }
}

}  // namespace

std::string atomics(Scope& scope) {
  constexpr unsigned kStrides[] = {1, 2, 4, 8, 8, 16, 4096};
  Random& random = scope.random;
  std::string out;
  for (uint64_t i = 1 + random.below(2); i > 0; --i) {
    auto body = [&](const std::string& pointer) {
      std::string statements;
      for (uint64_t k = 1 + random.below(5); k > 0; --k) statements += statement(scope, pointer);
      return statements;
    };
    out += scope.loopOrNot(random.oneOf(kStrides), 20, body);
  }
  return out;
}

}  // namespace differential
