// The kind "garbage": so many objects that several collections happen, of which some survive.
#include "test/differential/generate/kinds.h"
#include "test/differential/generate/objects/objects.h"

namespace differential {

// Most objects are dropped at once. An array keeps some of them, at changing places. The loop
// allocates up to 20 MB, in objects of one size or of several.
std::string garbage(Scope& scope) {
  Random& random = scope.random;
  Objects objects(scope);
  std::string kept = scope.declare("(ref null $a7)"), i = scope.declare("i32");
  std::string again = scope.label(), head = scope.declare("(ref null $s0)");
  constexpr unsigned kLengths[] = {4, 60, 500, 3000, 100000};
  unsigned length = random.oneOf(kLengths);
  uint64_t rounds = 20'000'000 / (8 * uint64_t{length} + 200);
  std::string out = objects.prologue();
  out += set(kept, "(array.new_default $a7 (i32.const 61))") + "\n" +
         set(i, number("i32", rounds)) + "\n" + fmt::format("(loop {}\n", again);
  std::string array = fmt::format("(array.new $a3 {} (i32.const {}))", scope.value("i64"), length);
  std::string node = fmt::format("(struct.new $s0 (i64.extend_i32_s {}) {} (ref.null $s0) {})",
                                 get(i), get(head), random.chance(50) ? array : get(kept));
  out += set(head, fmt::format("(select (result (ref null $s0)) (ref.null $s0) {} (i32.eqz "
                               "(i32.rem_u {} (i32.const {}))))",
                               node, get(i), 1 + random.below(300))) +
         "\n";
  out += fmt::format("(array.set $a7 {} (i32.rem_u {} (i32.const 61)) {})\n", get(kept), get(i),
                     random.chance(50) ? get(head) : array);
  if (random.chance(50)) out += objects.statement(0);
  if (random.chance(50))
    out += fmt::format("(drop {})\n", objects.creation(objects.randomType(), 1));
  out += fmt::format("(br_if {} (local.tee {} (i32.sub {} (i32.const 1)))))\n", again, i, get(i));
  return out + scope.result("i64", fmt::format("(call $hash {})", get(kept))) +
         scope.result("i64", fmt::format("(call $hash {})", get(head)));
}

}  // namespace differential
