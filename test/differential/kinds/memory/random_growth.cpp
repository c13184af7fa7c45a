// The kind "growth": accesses near the end of memories that grow in the function, in loops and in
// callees. Code must not assume that the size is constant.
#include "test/differential/generate/kinds.h"

namespace differential {
namespace {

std::string asI32(const std::string& index, const std::string& value) {
  return index == "i64" ? apply("i32", "wrap_i64", value) : value;
}

// Returns memory.grow as an i32. It fails if the memory has its maximal size.
std::string grown(Scope& scope) {
  std::string pages = scope.random.chance(80) ? number(scope.index(), 1)
                                              : number(scope.index(), scope.random.below(3));
  return asI32(scope.index(), fmt::format("(memory.grow {} {})", scope.memoryName(), pages));
}

std::string size(Scope& scope) { return fmt::format("(memory.size {})", scope.memoryName()); }

// Returns an address at or near the current end of the memory.
std::string atEnd(Scope& scope) {
  constexpr int64_t kDistances[] = {-8, -4, -1, 0, -16, 4, -65536};
  return apply(scope.index(), "add",
               apply(scope.index(), "shl", size(scope), number(scope.index(), 16)),
               number(scope.index(), scope.random.oneOf(kDistances)));
}

// Returns a growth, in the function or by a call, an access near the end, or a use of the size.
std::string statement(Scope& scope, const std::string& pointer) {
  Random& random = scope.random;
  const Access& from = scope.randomLoad();
  const Access& to = scope.randomStore();
  switch (random.below(9)) {
    case 0:
      return fmt::format("(drop {})\n", grown(scope));
    case 1:
      return scope.result("i32", grown(scope));
    case 2:
      return scope.result(
          "i32", fmt::format("(call $grow{} (i32.const {}))", scope.memory(), random.below(3)));
    case 3:
      return fmt::format("(if (i32.and {} (i32.const 1)) (then (drop {})))\n", scope.value("i32"),
                         grown(scope));
    case 4:
      return scope.result(from.type, scope.access(from, atEnd(scope)));
    case 5:
      return scope.access(to, atEnd(scope), 0, scope.value(to.type)) + "\n";
    case 6:
      return scope.store(to, pointer, scope.value(to.type));
    case 7:
      return scope.result("i32", asI32(scope.index(), size(scope)));
    default:
      return random.chance(50) ? fmt::format("(drop {})\n", scope.load(from, pointer))
                               : scope.result(from.type, scope.load(from, pointer));
  }
}

}  // namespace

// Strides up to a page, so that the loop reaches pages that it has added.
std::string growth(Scope& scope) {
  constexpr unsigned kStrides[] = {4, 8, 1024, 16384, 65536, 32768};
  Random& random = scope.random;
  std::string out;
  for (uint64_t i = 1 + random.below(2); i > 0; --i) {
    out += scope.loopOrNot(random.oneOf(kStrides), 12, [&](const std::string& pointer) {
      std::string body;
      for (uint64_t k = 1 + random.below(4); k > 0; --k) body += statement(scope, pointer);
      return body;
    });
  }
  return out;
}

}  // namespace differential
