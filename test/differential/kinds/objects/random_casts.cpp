// The kind "casts": objects of many types in places of an abstract type, which are tested and cast
// in a loop.
#include "test/differential/generate/kinds.h"
#include "test/differential/generate/objects/objects.h"

namespace differential {

// The objects are in an array of anyref. Each iteration takes one.
std::string casts(Scope& scope) {
  Random& random = scope.random;
  Objects objects(scope);
  std::string things = scope.declare("(ref null $a7)"), any = scope.declare("anyref");
  std::string i = scope.declare("i32"), again = scope.label(), values;
  uint64_t count = 3 + random.below(8);
  for (uint64_t j = 0; j < count; ++j) {
    std::string value = random.chance(10) ? "(ref.null none)" : objects.creation(kAny, 2);
    values += fmt::format(" {}", value);
  }
  std::string out = objects.prologue();
  out += set(things, fmt::format("(array.new_fixed $a7 {}{})", count, values)) + "\n";
  out += fmt::format("(loop {}\n{}\n", again,
                     set(any, fmt::format("(array.get $a7 {} {})", get(things), get(i))));
  for (uint64_t j = 2 + random.below(5); j > 0; --j) {
    RefType type = objects.randomType();
    if (type.kind == RefType::Kind::Extern || type.kind == RefType::Kind::Callee) type = kNode;
    std::string label = scope.label(), to = type.heapType();
    const char* null = random.chance(30) ? "null " : "";
    switch (random.below(5)) {
      case 0:
        out += scope.result("i32", fmt::format("(ref.test (ref {}{}) {})", null, to, get(any)));
        break;
      case 1:
        out += fmt::format(
            "(block {0} (drop (block {0}f (result anyref)\n"
            "(drop (br_on_cast_fail {0}f anyref (ref {1}{2}) {3}))\n{4}(br {0}))))\n",
            label, null, to, get(any), objects.statement(0));
        break;
      case 2:
        out += scope.result(
            "i64",
            fmt::format("(call $hash (block {0} (result (ref null {2})) (drop (br_on_cast {0} "
                        "anyref (ref {1}{2}) {3})) {4}))",
                        label, null, to, get(any), objects.creation(type, 1)));
        break;
      case 3:
        if (objects.takesRisk()) {
          out += fmt::format("(drop (ref.cast (ref {}{}) {}))\n", null, to, get(any));
        }
        break;
      default:
        out += scope.result("i64", fmt::format("(call $hash {})", objects.cast(type, 2)));
    }
  }
  return out + fmt::format(
                   "(br_if {} (i32.lt_u (local.tee {} (i32.add {} (i32.const 1)))"
                   " (array.len {}))))\n",
                   again, i, get(i), get(things));
}

}  // namespace differential
