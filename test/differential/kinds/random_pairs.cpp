// The kind "pairs": loops with two stores per iteration, of which the second may be out of bounds
// when the first is not. Stores of later iterations must not be made before the trap.
#include <algorithm>

#include "test/differential/generate/kinds.h"

namespace differential {

std::string pairs(Scope& scope) {
  constexpr int64_t kDistances[] = {4096, 8192, 32768, -4096, -16384, 65536};
  constexpr unsigned kMostBytes = 4096;  // so that the two ranges never overlap
  Random& random = scope.random;
  const std::string& index = scope.index();
  const Access& to = scope.randomStore();
  std::string other = scope.declare(index);
  bool isReused = random.chance(50);
  std::string distance = number(index, random.oneOf(kDistances));
  auto body = [&](const std::string& pointer) {
    std::string there = apply(index, "add", get(pointer), distance);
    std::string head;
    if (isReused) {
      head = set(other, there) + "\n";
      there = get(other);
    }
    std::string one = scope.access(to, get(pointer), 0, scope.value(to.type)) + "\n";
    std::string another = scope.access(to, there, 0, scope.value(to.type)) + "\n";
    if (random.chance(30)) {
      another =
          fmt::format("(if {} (then {}))\n", scope.load(scope.randomLoad("i32"), pointer), another);
    }
    return head + (random.chance(50) ? one + another : another + one);
  };
  return scope.loop(to.bytes, std::min(700u, kMostBytes / to.bytes - 1), body);
}

}  // namespace differential
