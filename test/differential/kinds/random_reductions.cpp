// The kind "reductions": loops that compute the sum, minimum or maximum of the values that they
// load, which can be vectorized. If the result is not used, the traps of the loads must remain.
#include "test/differential/generate/kinds.h"

namespace differential {
namespace {

// Returns a statement that adds a value to the reduction.
std::string step(Scope& scope, const std::string& type, const std::string& sum,
                 const std::string& value) {
  constexpr const char* kOperations[] = {"add", "xor", "or", "and", "mul", "sub", "add", "add"};
  constexpr const char* kOrders[] = {"lt_s", "gt_s", "lt_u", "gt_u"};
  Random& random = scope.random;
  if (random.chance(70)) {
    return set(sum, apply(type, random.oneOf(kOperations), get(sum), value)) + "\n";
  }
  std::string current = scope.declare(type);
  return set(current, value) + "\n" +
         set(sum, fmt::format("(select {} {} {})", get(current), get(sum),
                              apply(type, random.oneOf(kOrders), get(current), get(sum)))) +
         "\n";
}

}  // namespace

// A stride of twice the element size leaves gaps. `other` is a second pointer with the same stride.
std::string reductions(Scope& scope) {
  Random& random = scope.random;
  std::string type = random.chance(65) ? "i32" : "i64";
  std::string sum = scope.declare(type), other = scope.declare(scope.index());
  bool hasOther = random.chance(40);
  std::string out = set(other, scope.safeStart()) + "\n" + set(sum, scope.constant(type)) + "\n";
  const Access& from = scope.randomLoad(type);
  unsigned stride = random.chance(80) ? from.bytes : from.bytes * 2;
  out += scope.loop(stride, 2000, [&](const std::string& pointer) {
    std::string value =
        random.chance(70) ? scope.access(from, get(pointer)) : scope.load(from, pointer);
    if (random.chance(25)) {
      value = apply(type, "mul", value, scope.load(scope.randomLoad(type), pointer));
    }
    if (hasOther) value = apply(type, "add", value, scope.access(from, get(other)));
    if (random.chance(20)) value = apply(type, "shr_u", value, number(type, from.bytes * 8 - 8));
    std::string body = step(scope, type, sum, value);
    if (random.chance(25)) {
      body = fmt::format(
          "(if {} (then {}))\n",
          apply("i32", "and", scope.load(scope.randomLoad("i32"), pointer), number("i32", 1)),
          body);
    }
    if (hasOther) {
      body +=
          set(other, apply(scope.index(), "add", get(other), number(scope.index(), stride))) + "\n";
    }
    return body;
  });
  if (random.chance(20)) return out;  // the result is not used
  if (random.chance(20)) {
    return out + scope.result(type, apply(type, "and", get(sum), number(type, 255)));
  }
  return out + scope.result(type, get(sum));
}

}  // namespace differential
