// The kind "statements": all kinds of statements and expressions, nested. It uses RandomExpression
// instead of the expressions of Scope, and therefore memory 0 with 32-bit addresses.
#include <fmt/format.h>

#include "test/differential/generate/kinds.h"
#include "test/differential/generate/random_expression.h"
#include "test/differential/generate/random_strands.h"
#include "test/differential/kinds/random_searches.h"

namespace differential {
namespace {

constexpr unsigned kDepth = 3;  // of expressions
constexpr const char* kSteps[] = {"1",  "1",  "2",  "4",    "4",     "8",      "16",       "3",
                                  "-1", "-4", "-8", "4096", "65536", "-65536", "16777216", "65532"};
constexpr const char* kOrders[] = {"lt_s", "gt_s", "lt_u", "gt_u"};
constexpr const char* kCounters[] = {"$i0", "$i1", "$i2"};
constexpr const char* kScalings[] = {"shr_u", "shl", "mul", "add", "xor", "div_u", "rem_s"};
constexpr const char* kStarts[] = {"0", "64", "1024", "32768", "65472", "65536", "-64", "-65536"};

// Generates the body of a function. Loops are bounded by counters that no statement changes.
class Body {
 public:
  Body(Random& random, unsigned riskPercent, bool canCall)
      : random_(random), expressions_(random, riskPercent, canCall), canCall_(canCall) {}

  // Returns `count` statements with at most `nesting` levels of control instructions.
  std::string statements(unsigned count, unsigned nesting) {
    std::string out;
    for (unsigned i = 0; i < count; ++i) out += "    " + statement(nesting) + "\n";
    return out;
  }

  // Returns the expression for the result.
  std::string result() { return expressions_.of(Type::I64, kDepth); }

 private:
  std::string statement(unsigned nesting) {
    switch (random_.below(nesting == 0 ? 9 : 14)) {
      case 0:
        return expressions_.store(kDepth);
      case 1: {
        Type type = random_.oneOf(kTypes);
        return fmt::format("(drop {})", expressions_.load(type, kDepth));
      }
      case 2:
        return fmt::format("(global.set $g0 {})", expressions_.of(Type::I32, kDepth));
      case 3:
        return bulk();
      case 4:
      case 5:
      case 6:
        return assignment();
      case 7:
        return runningExtreme();
      case 8:
        return exchange();
      case 9:
        return choice(nesting - 1);
      case 10:
        return machine();
      default:
        return !canCall_ && random_.chance(50) ? assignment() : loop(nesting - 1);
    }
  }

  // Assigns to a local, except $i0 and $i1, which are induction variables.
  std::string assignment() {
    Type type = random_.oneOf(kTypes);
    unsigned number = 2 + random_.below(kLocalsPerType - 2);
    return fmt::format("(local.set {} {})", localName(type, number), expressions_.of(type, kDepth));
  }

  // Assigns to $i3 the minimum or maximum of itself and a loaded value.
  std::string runningExtreme() {
    const char* how = random_.oneOf(kOrders);
    return fmt::format(
        "(local.set $i3 (select (local.tee $i2 (i32.load{})) (local.get $i3)"
        " (i32.{} (local.get $i2) (local.get $i3))))",
        expressions_.place(kDepth), how);
  }

  // Exchanges an element of a ring buffer, and uses the previous value as an index.
  std::string exchange() {
    const char* counter = random_.oneOf(kCounters);
    std::string slot =
        fmt::format("(i32.shl (i32.and (local.get {}) (i32.const 7)) (i32.const 2))", counter);
    return fmt::format(
        "(local.set $i3 (i32.load {})) (i32.store {} {})"
        " (local.set $l3 (i64.load (i32.and (i32.const 0x7ff8) (i32.{} (local.get $i3) {}))))",
        slot, slot, expressions_.of(Type::I32, kDepth), random_.oneOf(kScalings),
        expressions_.constant(Type::I32));
  }

  // Returns a memory.fill or memory.copy, mostly of few bytes.
  std::string bulk() {
    std::string length = random_.chance(60) ? fmt::format("(i32.const {})", random_.below(80))
                                            : fmt::format("(i32.and (i32.const 127) {})",
                                                          expressions_.of(Type::I32, 1));
    std::string to = shortIndex();
    if (random_.chance(40)) {
      return fmt::format("(memory.fill {} {} {})", to, expressions_.of(Type::I32, 1), length);
    }
    return fmt::format("(memory.copy {} {} {})", to, shortIndex(), length);
  }

  // Returns an address, which is in bounds in most cases.
  std::string shortIndex() {
    if (random_.chance(30)) return "(local.get $i0)";
    unsigned mask = random_.chance(90) ? 0x3ff : 0x1ffff;
    return fmt::format("(i32.and (i32.const {}) {})", mask, expressions_.of(Type::I32, 1));
  }

  // Returns an `if`.
  std::string choice(unsigned nesting) {
    std::string condition = expressions_.of(Type::I32, 2);
    std::string then = statements(1 + random_.below(2), nesting);
    std::string otherwise = random_.chance(50) ? statements(1 + random_.below(2), nesting) : "";
    return fmt::format("(if {} (then\n{}) (else\n{}))", condition, then, otherwise);
  }

  // Returns a loop with the induction variable $i0 or, in another loop, $i1; $n and $m bound the
  // trip count.
  std::string loop(unsigned nesting) {
    const char* index = loops_ == 0 ? "$i0" : "$i1";
    std::string left = fmt::format("$n{}", loops_);
    std::string label = fmt::format("$loop{}", loops_);
    std::string start = random_.chance(60) ? fmt::format("(i32.const {})", random_.oneOf(kStarts))
                                           : fmt::format("(i32.and (i32.const 0xffff) {})",
                                                         expressions_.of(Type::I32, 1));
    uint64_t trips = 1 + random_.below(loops_ == 0 ? 100 : 20);
    const char* step = random_.oneOf(kSteps);
    std::string head = fmt::format("(local.set {} {}) (local.set {} {})\n    (loop {}\n", index,
                                   start, left, tripCount(trips), label);
    if (random_.chance(25)) {
      return fmt::format("(local.set {} {}) (local.set {} {})\n{}", index, start, left,
                         tripCount(trips), unrolledLoop(random_, label, index, left));
    }
    if (random_.chance(25)) {
      return fmt::format("(local.set {} {}) (local.set {} {})\n{}", index, start, left,
                         tripCount(trips * 40), searchLoop(random_, label, index, left));
    }
    ++loops_;
    unsigned inner = loops_ < 2 ? nesting : 0;
    std::string body = statements(1 + random_.below(3), inner);
    --loops_;
    return fmt::format(
        "{}{}    (local.set {} (i32.add (local.get {}) (i32.const {})))\n    (br_if {} {}))", head,
        body, index, index, step, label, goesOn(left));
  }

  // Returns a state machine: a loop around a `br_table`, each of whose states chooses the next.
  std::string machine() {
    unsigned states = 2 + random_.below(5);
    std::string label = fmt::format("$machine{}", machines_++);
    std::string code = "(br_table";
    for (unsigned i = 0; i <= states; ++i) code += fmt::format(" {}", i % states);
    code += " (local.get $state))";
    for (unsigned i = 0; i < states; ++i) {
      code = fmt::format("(block {})\n    {}    {}    (br {})\n", code,
                         statements(random_.below(2), 0), transition(states), states - 1 - i);
    }
    return fmt::format(
        "(local.set $state (i32.const {})) (local.set $left {})\n    (loop {}\n (block {})"
        " (br_if {} (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))",
        random_.below(states), tripCount(40), label, code, label);
  }

  // Returns the assignment of the next state, which may be absent or depend on an expression.
  std::string transition(unsigned states) {
    auto next = [&] {
      return fmt::format("(local.set $state (i32.const {}))", random_.below(states));
    };
    switch (random_.below(6)) {
      case 0:
        return "";
      case 1:
        return fmt::format("(local.set $state (i32.and (i32.const 3) {}))",
                           expressions_.of(Type::I32, 2));
      case 2:
        return next();
      default:
        return fmt::format("(if {} (then {}) (else {}))\n", expressions_.of(Type::I32, 2), next(),
                           random_.chance(70) ? next() : "");
    }
  }

  // Returns a constant or a variable trip count from 1 to `most`.
  std::string tripCount(uint64_t most) {
    if (random_.chance(50)) return fmt::format("(i32.const {})", most);
    return fmt::format("(i32.add (i32.const 1) (i32.rem_u {} (i32.const {})))",
                       expressions_.of(Type::I32, 1), most);
  }

  // Returns the condition of a loop, which may also end it early.
  std::string goesOn(const std::string& left) {
    std::string counted =
        fmt::format("(local.tee {} (i32.sub (local.get {}) (i32.const 1)))", left, left);
    if (random_.chance(75)) return counted;
    return fmt::format("(i32.and (i32.ne {} (i32.const 0)) {})", counted,
                       expressions_.of(Type::I32, 1));
  }

  Random& random_;
  RandomExpression expressions_;
  bool canCall_;
  unsigned loops_ = 0;  // the number of loops around the current statement
  unsigned machines_ = 0;
};

}  // namespace

std::string statements(Scope& scope) {
  constexpr unsigned kRisks[] = {0, 0, 2, 15};
  for (const char* name : {"$n0", "$n1", "$state", "$left"}) scope.declareNamed(name, "i32");
  for (Type type : kTypes) {
    for (unsigned i = 0; i < kLocalsPerType; ++i) {
      scope.declareNamed(localName(type, i), keyword(type));
    }
  }
  Random& random = scope.random;
  Body body(random, random.oneOf(kRisks), scope.canCall());
  std::string out =
      "(local.set $i1 (local.get $b)) (local.set $l0 (local.get $l))\n"
      "(local.set $d0 (local.get $d))\n";
  // If $i0 is not masked, the first access may trap.
  out += random.chance(70) ? "(local.set $i0 (i32.and (local.get $a) (i32.const 0x7ff8)))\n"
                           : "(local.set $i0 (local.get $a))\n";
  out += scope.canCall() ? body.statements(3 + random.below(6), 2)
                         : body.statements(random.below(3), 1);
  return out + scope.result("i64", body.result());
}

}  // namespace differential
