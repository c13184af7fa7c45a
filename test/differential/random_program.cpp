#include "test/differential/random_program.h"

#include <fmt/format.h>

#include "test/differential/random_expression.h"
#include "test/differential/random_searches.h"
#include "test/differential/random_strands.h"

namespace differential {
namespace {

constexpr unsigned kDepth = 3;  // of expressions
constexpr const char* kSteps[] = {"1",  "1",  "2",  "4",    "4",     "8",      "16",       "3",
                                  "-1", "-4", "-8", "4096", "65536", "-65536", "16777216", "65532"};
constexpr const char* kOrders[] = {"lt_s", "gt_s", "lt_u", "gt_u"};
constexpr const char* kCounters[] = {"$i0", "$i1", "$i2"};
constexpr const char* kScalings[] = {"shr_u", "shl", "mul", "add", "xor", "div_u", "rem_s"};
constexpr const char* kStarts[] = {"0", "64", "1024", "32768", "65472", "65536", "-64", "-65536"};

// One function's body.
class Body {
 public:
  Body(Random& random, unsigned riskPercent, bool isHelper)
      : random_(random), expressions_(random, riskPercent, !isHelper), isHelper_(isHelper) {}

  std::string statements(unsigned count, unsigned nesting) {
    std::string out;
    for (unsigned i = 0; i < count; ++i) out += "    " + statement(nesting) + "\n";
    return out;
  }

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
        return fmt::format("(global.set $i32 {})", expressions_.of(Type::I32, kDepth));
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
        return isHelper_ && random_.chance(50) ? assignment() : loop(nesting - 1);
    }
  }

  // Not of $i0 and $i1, which loops count.
  std::string assignment() {
    Type type = random_.oneOf(kTypes);
    unsigned number = 2 + random_.below(kLocalsPerType - 2);
    return fmt::format("(local.set {} {})", localName(type, number), expressions_.of(type, kDepth));
  }

  // Of what is loaded: $i3 remains the smallest or the largest.
  std::string runningExtreme() {
    const char* how = random_.oneOf(kOrders);
    return fmt::format(
        "(local.set $i3 (select (local.tee $i2 (i32.load{})) (local.get $i3)"
        " (i32.{} (local.get $i2) (local.get $i3))))",
        expressions_.place(kDepth), how);
  }

  // A slot of a ring is read and written, and what was in it leads elsewhere.
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

  std::string shortIndex() {
    if (random_.chance(30)) return "(local.get $i0)";
    unsigned mask = random_.chance(90) ? 0x3ff : 0x1ffff;
    return fmt::format("(i32.and (i32.const {}) {})", mask, expressions_.of(Type::I32, 1));
  }

  std::string choice(unsigned nesting) {
    std::string condition = expressions_.of(Type::I32, 2);
    std::string then = statements(1 + random_.below(2), nesting);
    std::string otherwise = random_.chance(50) ? statements(1 + random_.below(2), nesting) : "";
    return fmt::format("(if {} (then\n{}) (else\n{}))", condition, then, otherwise);
  }

  // $i0 counts from a start by a step, or $i1 inside of another loop; $n and $m bound the trips.
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

  // A loop around a `br_table`: each state does something, and says which one is next.
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

  std::string tripCount(uint64_t most) {
    if (random_.chance(50)) return fmt::format("(i32.const {})", most);
    return fmt::format("(i32.add (i32.const 1) (i32.rem_u {} (i32.const {})))",
                       expressions_.of(Type::I32, 1), most);
  }

  std::string goesOn(const std::string& left) {
    std::string counted =
        fmt::format("(local.tee {} (i32.sub (local.get {}) (i32.const 1)))", left, left);
    if (random_.chance(75)) return counted;
    return fmt::format("(i32.and (i32.ne {} (i32.const 0)) {})", counted,
                       expressions_.of(Type::I32, 1));
  }

  Random& random_;
  RandomExpression expressions_;
  bool isHelper_;
  unsigned loops_ = 0;  // around the present statement
  unsigned machines_ = 0;
};

std::string locals(unsigned firstI32, unsigned firstI64, unsigned firstF64) {
  std::string out = "    (local $n0 i32) (local $n1 i32) (local $state i32) (local $left i32)";
  for (Type type : kTypes) {
    unsigned first = type == Type::I32   ? firstI32
                     : type == Type::I64 ? firstI64
                     : type == Type::F64 ? firstF64
                                         : 0;
    for (unsigned i = first; i < kLocalsPerType; ++i) {
      out += fmt::format(" (local {} {})", localName(type, i), keyword(type));
    }
  }
  return out + "\n";
}

std::string helper(Random& random, unsigned number) {
  Body body(random, random.chance(30) ? 20 : 0, true);
  std::string statements = body.statements(random.below(3), 1);
  std::string result = random.chance(20) ? "(i64.const 7)" : body.result();
  return fmt::format(
      "  (func $helper{} (type $helper) (param $i2 i32) (param $l2 i64) (result i32)\n{}{}"
      "    (i32.wrap_i64 {}))\n",
      number,
      "    (local $i0 i32) (local $i1 i32) (local $i3 i32) (local $l0 i64) (local $l1 i64)"
      " (local $l3 i64)\n    (local $n0 i32) (local $n1 i32) (local $state i32) (local $left i32) "
      "(local $f0 f32) (local $f1 f32)"
      " (local $f2 f32) (local $f3 f32)\n    (local $d0 f64) (local $d1 f64) (local $d2 f64)"
      " (local $d3 f64) (local $v0 v128) (local $v1 v128)\n    (local $v2 v128) (local $v3 v128)\n",
      statements, result);
}

std::string entry(Random& random, unsigned number) {
  constexpr unsigned kRisks[] = {0, 0, 2, 15};
  Body body(random, random.oneOf(kRisks), false);
  std::string statements = body.statements(3 + random.below(6), 2);
  return fmt::format(
      "  (func (export \"{}\") (param $i0 i32) (param $i1 i32) (param $l0 i64) (param $d0 f64)"
      " (result i64)\n{}{}    (i32.store (i32.const 32000) (global.get $i32))\n    {})\n",
      number, locals(2, 1, 1), statements, body.result());
}

std::string data(Random& random, unsigned at, unsigned size) {
  std::string bytes;
  for (unsigned i = 0; i < size; ++i) bytes += fmt::format("\\{:02x}", random.below(256));
  return fmt::format("  (data (i32.const {}) \"{}\")\n", at, bytes);
}

std::string oneNan(Type type) {
  const char* name = keyword(type);
  return fmt::format(
      "  (func $one_nan_{0} (param {0}) (result {0})\n"
      "    (select (local.get 0) ({0}.const nan) ({0}.eq (local.get 0) (local.get 0))))\n",
      name);
}

}  // namespace

std::string randomProgram(uint64_t seed) {
  Random random(seed);
  std::string out =
      "(module\n  (type $helper (func (param i32 i64) (result i32)))\n"
      "  (memory (export \"memory\") 1 1)\n"
      "  (global $i32 (mut i32) (i32.const 40))\n  (global $i64 (mut i64) (i64.const -9))\n";
  out += data(random, 0, 2048) + data(random, 32768, 256) + data(random, 65280, 256);
  out += oneNan(Type::F32) + oneNan(Type::F64);
  out += fmt::format("  (table {} funcref)\n  (elem (i32.const 0)", kHelpers);
  for (unsigned i = 0; i < kHelpers; ++i) out += fmt::format(" $helper{}", i);
  out += ")\n";
  for (unsigned i = 0; i < kHelpers; ++i) out += helper(random, i);
  for (unsigned i = 0; i < kEntries; ++i) out += entry(random, i);
  return out + ")\n";
}

}  // namespace differential
