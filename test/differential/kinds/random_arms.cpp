// The kind "arms": loads in the arms of branches and in their conditions. Two arms may be
// equivalent, so that they can be merged.
#include "test/differential/generate/kinds.h"

namespace differential {
namespace {

// Generates statements with branches that access memory at the pointers p and q.
class Arms {
 public:
  explicit Arms(Scope& scope) : scope_(scope), random_(scope.random) {}

  // Returns a branch or a store. `depth` limits the nesting of branches.
  std::string statement(const std::string& p, const std::string& q, unsigned depth) {
    switch (random_.below(9)) {
      case 0:
        return fmt::format("(if {} (then {}) (else {}))\n", condition(p), arm(p, q, depth),
                           arm(q, p, depth));
      case 1:
        return fmt::format("(if {} (then {}))\n", condition(q), arm(p, q, depth));
      case 2:
        return selection(p, q);
      case 3:
        return sameArms(p, q);
      case 4:
        return fmt::format("(block (br_if 0 {}) {})\n", condition(p), arm(q, p, depth));
      case 5:
        return fmt::format("(block (block (br_table 0 1 0 {})) {})\n", condition(p),
                           arm(q, p, depth));
      case 6:
        return fmt::format("(block (br_if 0 {}) (br_if 0 {}))\n", condition(p), condition(q));
      case 7:
        return fmt::format("(block (br_table 0 0 0 {}))\n", condition(q));
      default:
        return scope_.store(scope_.randomStore("i32"), random_.chance(50) ? p : q,
                            random_.chance(50) ? number("i32", 1) : condition(p));
    }
  }

 private:
  // Returns an i32 that mostly depends on a load.
  std::string condition(const std::string& pointer) {
    std::string value = scope_.load(scope_.randomLoad("i32"), pointer);
    switch (random_.below(5)) {
      case 0:
        return apply("i32", "eqz", value);
      case 1:
        return apply("i32", "and", value, number("i32", 1));
      case 2:
        return apply("i32", random_.chance(50) ? "lt_s" : "gt_u", value, get("$b"));
      case 3:
        return apply("i32", "and", get("$b"), number("i32", 1));
      default:
        return value;
    }
  }

  // Returns the contents of an arm: nothing, an unused load, a used one, or a store.
  std::string arm(const std::string& p, const std::string& q, unsigned depth) {
    if (depth > 0 && random_.chance(35)) return statement(p, q, depth - 1);
    const Access& from = scope_.randomLoad();
    switch (random_.below(6)) {
      case 0:
        return "";
      case 1:
      case 2:
        return fmt::format("(drop {})", scope_.load(from, p));
      case 3:
        return scope_.result(from.type, scope_.load(from, q));
      case 4:
        return fmt::format("(if {} (then) (else))", condition(q));
      default:
        return scope_.store(scope_.randomStore(from.type), p, scope_.value(from.type));
    }
  }

  // Returns a select of two loads, both of which are executed.
  std::string selection(const std::string& p, const std::string& q) {
    const Access& from = scope_.randomLoad();
    std::string left = scope_.load(from, p);
    std::string right = random_.chance(50) ? left : scope_.load(from, q);
    std::string select = fmt::format("(select {} {} {})", left, right, condition(p));
    return random_.chance(30) ? fmt::format("(drop {})\n", select)
                              : scope_.result(from.type, select);
  }

  // Returns a branch with equal arms, which LLVM can replace by one load.
  std::string sameArms(const std::string& p, const std::string& q) {
    const Access& from = scope_.randomLoad();
    std::string value = scope_.declare(from.type);
    std::string same = set(value, scope_.load(from, q));
    return fmt::format("(if {} (then {}) (else {}))\n", condition(p), same, same) +
           (random_.chance(60) ? scope_.result(from.type, get(value)) : "");
  }

  Scope& scope_;
  Random& random_;
};

}  // namespace

// `q` does not change in the loop, so its loads are loop-invariant.
std::string arms(Scope& scope) {
  Random& random = scope.random;
  Arms arms(scope);
  std::string q = scope.declare(scope.index());
  std::string out = set(q, random.chance(50) ? scope.safeStart() : scope.start()) + "\n";
  return out + scope.loopOrNot(1u << random.below(4), 100, [&](const std::string& p) {
    std::string body;
    for (uint64_t i = 1 + random.below(3); i > 0; --i) body += arms.statement(p, q, 2);
    return body;
  });
}

}  // namespace differential
