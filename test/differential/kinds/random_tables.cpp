// The kind "tables": a table that is read, written, grown, filled and copied, and calls through it.
// The table must be exact after a trap.
#include "test/differential/generate/kinds.h"

namespace differential {
namespace {

// Returns the index of an element, which may be out of bounds.
std::string element(Scope& scope) {
  Random& random = scope.random;
  if (random.chance(60)) return number("i32", random.below(kTableElements + 2));
  if (random.chance(50)) return apply("i32", "and", scope.value("i32"), number("i32", 15));
  return random.chance(50) ? get("$a") : get("$b");
}

// Returns a function reference, which may be null.
std::string reference(Scope& scope) {
  Random& random = scope.random;
  switch (random.below(4)) {
    case 0:
      return "(ref.null func)";
    case 1:
      return fmt::format("(table.get $table {})", element(scope));
    case 2:
      return "(ref.func $other)";
    default:
      return fmt::format("(ref.func $callee{})", random.below(kCallees));
  }
}

// Returns a table instruction, an indirect call, or an access to memory, which may trap after the
// table has been changed.
std::string statement(Scope& scope, const std::string& pointer) {
  Random& random = scope.random;
  const Access& from = scope.randomLoad();
  std::string count = number("i32", random.below(random.chance(80) ? 5 : 20));
  switch (random.below(12)) {
    case 0:
    case 1:
      return fmt::format("(table.set $table {} {})\n", element(scope), reference(scope));
    case 2:
      return scope.result("i32",
                          fmt::format("(ref.is_null (table.get $table {}))", element(scope)));
    case 3:
      return scope.result("i32", fmt::format("(table.grow $table {} (i32.const {}))",
                                             reference(scope), random.below(4)));
    case 4:
      return fmt::format("(table.fill $table {} {} {})\n", element(scope), reference(scope), count);
    case 5:
      return fmt::format("(table.copy $table $table {} {} {})\n", element(scope), element(scope),
                         count);
    case 6:
      return fmt::format("(table.init $table $callees {} (i32.const {}) {})\n", element(scope),
                         random.below(kCallees), count);
    case 7:
      return random.chance(15) ? "(elem.drop $callees)\n"
                               : scope.result("i32", "(table.size $table)");
    case 8:
    case 9:
      return scope.result(
          "i32", fmt::format("(call_indirect $table (type $callee) {} {} {})", scope.value("i32"),
                             scope.value("i64"), element(scope)));
    case 10:
      return fmt::format("(drop {})\n", scope.load(from, pointer));
    default:
      return scope.result(from.type, scope.load(from, pointer));
  }
}

}  // namespace

std::string tables(Scope& scope) {
  Random& random = scope.random;
  return scope.loopOrNot(8, 8, [&](const std::string& pointer) {
    std::string body;
    for (uint64_t i = 2 + random.below(4); i > 0; --i) body += statement(scope, pointer);
    return body;
  });
}

}  // namespace differential
