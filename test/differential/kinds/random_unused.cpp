// The kind "unused": loads whose value is not used after simplification. Their traps must remain.
#include "test/differential/generate/kinds.h"

namespace differential {
namespace {

// Returns an expression of two values, or of one twice, that can be simplified to a constant or to
// one of them.
std::string simplified(Scope& scope, std::string_view type, const std::string& x,
                       const std::string& y) {
  auto n = [&](int64_t value) { return number(type, value); };
  auto bit = [&](const std::string& condition) {
    return type == "i32" ? condition : apply("i64", "extend_i32_u", condition);
  };
  switch (scope.random.below(16)) {
    case 0:
      return apply(type, "xor", x, x);
    case 1:
      return apply(type, "and", x, n(0));
    case 2:
      return apply(type, "mul", x, n(0));
    case 3:
      return apply(type, "sub", x, x);
    case 4:
      return apply(type, "or", x, n(-1));
    case 5:
      return bit(apply(type, "lt_u", x, n(0)));
    case 6:
      return bit(apply(type, "ge_u", x, n(0)));
    case 7:
      return apply(type, "shr_u", apply(type, "and", x, n(255)), n(8));
    case 8:
      return apply(type, "rem_u", x, n(1));
    case 9:
      return bit(apply(type, "eq", x, x));
    case 10:
      return apply(type, "and", apply(type, "shl", x, n(16)), n(0xff));
    case 11:
      return fmt::format("(select {} {} {})", y, y, type == "i32" ? x : apply("i64", "eqz", x));
    case 12:
      return apply(type, "sub", apply(type, "add", x, y), apply(type, "add", y, x));
    case 13:
      return apply(type, "and", apply(type, "xor", x, n(-1)), x);
    case 14:
      return bit(apply(type, "ne", apply(type, "and", x, n(3)), n(9)));
    default:
      return bit(apply("i32", "eqz", bit(apply(type, "eq", x, y))));
  }
}

}  // namespace

// `q` does not change in the loop. There may be a store between the two loads of a statement.
std::string unused(Scope& scope) {
  Random& random = scope.random;
  std::string q = scope.declare(scope.index());
  auto statement = [&](const std::string& p) {
    const Access& from = scope.randomLoad(random.chance(65) ? "i32" : "i64");
    std::string x = scope.declare(from.type), y = scope.declare(from.type);
    std::string where = scope.near(p);
    std::string out = set(x, fmt::format("({} {})", from.name, where)) + "\n";
    if (random.chance(35)) {
      out += scope.store(scope.randomStore(from.type), random.chance(50) ? q : p,
                         scope.value(from.type));
    }
    out +=
        set(y, random.chance(50) ? fmt::format("({} {})", from.name, where) : scope.load(from, q)) +
        "\n";
    // Equality of i64 has type i32, so the last row of `simplified` would need a conversion.
    std::string value =
        simplified(scope, "i32", from.type[1] == '3' ? get(x) : "(i32.wrap_i64 " + get(x) + ")",
                   from.type[1] == '3' ? get(y) : "(i32.wrap_i64 " + get(y) + ")");
    if (from.type[1] == '6' && random.chance(50)) {
      value = apply("i32", "wrap_i64", apply("i64", "xor", get(x), get(random.chance(50) ? x : y)));
    }
    if (random.chance(20)) return out + fmt::format("(drop {})\n", value);
    if (random.chance(20)) return out + fmt::format("(if {} (then (nop)))\n", value);
    if (random.chance(20)) return out + scope.store(scope.randomStore("i32"), q, value);
    return out + scope.result("i32", value);
  };
  std::string out = set(q, random.chance(60) ? scope.safeStart() : scope.start()) + "\n";
  return out + scope.loopOrNot(1u << random.below(4), 100, [&](const std::string& p) {
    std::string body;
    for (uint64_t i = 1 + random.below(3); i > 0; --i) body += statement(p);
    return body;
  });
}

}  // namespace differential
