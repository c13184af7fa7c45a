// The kind "strides": loops over every n-th element, upwards and downwards, or from both ends.
#include "test/differential/generate/kinds.h"

namespace differential {
namespace {

// Returns the value, or an operation on it.
std::string changed(Scope& scope, std::string_view type, const std::string& value) {
  constexpr const char* kOperations[] = {"add", "xor", "mul", "sub", "shl", "shr_u", "and"};
  if (scope.random.chance(30)) return value;
  return apply(type, scope.random.oneOf(kOperations), value,
               scope.random.chance(60) ? scope.constant(type) : scope.value(type));
}

}  // namespace

// Each iteration stores to its own element, so that the promise NoOtherStores holds. `other` points
// to the elements that are loaded, which may be those that the loop has stored.
std::string strides(Scope& scope) {
  Random& random = scope.random;
  const Access& to = scope.randomStore();
  const Access& from = scope.randomLoad(to.type);
  unsigned stride = to.bytes * static_cast<unsigned>(1 + random.below(4));
  const std::string& index = scope.index();
  std::string other = scope.declare(index);
  int64_t otherStep = static_cast<int64_t>(from.bytes) * (random.chance(50) ? 1 : 2);
  if (random.chance(40)) otherStep = -otherStep;
  std::string out = set(other, random.chance(40) ? scope.safeStart() : scope.start()) + "\n";
  return out + scope.loop(stride, 700, [&](const std::string& pointer) {
    std::string value = changed(scope, to.type, scope.access(from, get(other)));
    if (random.chance(40)) {
      value = apply(to.type, "add", value, scope.load(scope.randomLoad(to.type), pointer));
    }
    return scope.access(to, get(pointer), 0, value) + "\n" +
           set(other, apply(index, "add", get(other), number(index, otherStep))) + "\n";
  });
}

}  // namespace differential
