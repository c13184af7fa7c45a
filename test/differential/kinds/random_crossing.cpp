// The kind "crossing": loops whose addresses cross 0, 2^32 or the end of memory, upwards and
// downwards, and whose end depends on the address. They test the widening of induction variables.
#include "test/differential/generate/kinds.h"

namespace differential {
namespace {

// Returns a load, a store, or both.
std::string touch(Scope& scope, const std::string& pointer) {
  Random& random = scope.random;
  switch (random.below(5)) {
    case 0:
      return fmt::format("(drop {})\n", scope.load(scope.randomLoad(), pointer));
    case 1: {
      const Access& to = scope.randomStore();
      return scope.store(to, pointer, scope.value(to.type));
    }
    case 2: {
      const Access& from = scope.randomLoad();
      return scope.store(scope.randomStore(from.type), pointer, scope.load(from, pointer));
    }
    default: {
      const Access& from = scope.randomLoad();
      return scope.result(from.type, scope.load(from, pointer));
    }
  }
}

}  // namespace

// One loop in three is one of Scope. The others have any step, limit and order, so that they may
// end in the first iteration or only by a trap. Some have a limit of 200 iterations as well.
std::string crossing(Scope& scope) {
  constexpr int64_t kSteps[] = {1, 2, 4, 8, 16, 4, -1, -2, -4, -8, -16, 3, 65536, -65536};
  constexpr int64_t kLimits[] = {0, 0, 1, 4, -1, -4, -16, 65536, 65532, 65540, 100, 0x7fffffff, 64};
  constexpr const char* kOrders[] = {"ne", "lt_u", "gt_u", "lt_s", "gt_s", "ge_s", "le_u", "ge_u"};
  Random& random = scope.random;
  if (random.chance(35)) {
    return scope.loop(1u << random.below(5), 600, [&](const std::string& pointer) {
      return touch(scope, pointer) + (random.chance(40) ? touch(scope, pointer) : "");
    });
  }
  // Depending on the order the loop ends by its condition or by a trap.
  const std::string& index = scope.index();
  std::string pointer = scope.declare(index), left = scope.declare("i32"), again = scope.label();
  int64_t step = random.oneOf(kSteps);
  std::string body = touch(scope, pointer);
  if (random.chance(40)) body += touch(scope, pointer);
  std::string moved = apply(index, "add", get(pointer), number(index, step));
  std::string limit = random.chance(70) ? number(index, random.oneOf(kLimits)) : scope.start();
  bool isTee = random.chance(50);
  std::string goesOn =
      apply(index, random.oneOf(kOrders),
            isTee ? fmt::format("(local.tee {} {})", pointer, moved) : get(pointer), limit);
  bool movesFirst = !isTee && random.chance(40);
  std::string move = isTee ? "" : set(pointer, moved) + "\n";
  if (random.chance(40)) {
    goesOn = fmt::format(
        "(i32.and {} (i32.ne (i32.const 0) (local.tee {} (i32.sub (local.get {}) (i32.const 1)))))",
        goesOn, left, left);
  }
  return fmt::format("{}\n{}\n(loop {}\n{}{}{}(br_if {} {}))\n", set(pointer, scope.start()),
                     set(left, number("i32", 200)), again, movesFirst ? move : "", body,
                     movesFirst ? "" : move, again, goesOn) +
         scope.result(index, get(pointer));
}

}  // namespace differential
