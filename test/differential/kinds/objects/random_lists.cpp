// The kind "lists": lists, trees and cycles of nodes ($s0) that are built, walked, changed and
// partly dropped.
#include "test/differential/generate/kinds.h"
#include "test/differential/generate/objects/objects.h"

namespace differential {
namespace {

// The parts of one function. `head` is a node, or null, from which others can be reached.
class Lists {
 public:
  explicit Lists(Scope& scope)
      : scope_(scope),
        objects_(scope),
        head_(scope.declare("(ref null $s0)")),
        at_(scope.declare("(ref null $s0)")),
        left_(scope.declare("i32")) {}

  std::string body() {
    std::string out = objects_.prologue();
    for (uint64_t i = 3 + scope_.random.below(5); i > 0; --i) out += step();
    return out + walk() + scope_.result("i64", fmt::format("(call $hash {})", get(head_)));
  }

 private:
  std::string step() {
    switch (scope_.random.below(8)) {
      case 0:
      case 1:
        return build();
      case 2:
        return append();
      case 3:
        return walk();
      case 4:
        return reverse();
      case 5:
        return cut();
      case 6:
        return keep();
      default:
        return objects_.statement(1);
    }
  }
  std::string node(const std::string& next, const std::string& other) {
    return fmt::format("(struct.new $s0 (i64.extend_i32_s {}) {} {} {})", get(left_), next, other,
                       scope_.random.chance(50) ? get(at_) : objects_.reference(kAny, 1));
  }
  // Returns `body` in a loop of at most `most` iterations, which counts down.
  std::string repeat(unsigned most, const std::string& body) {
    std::string again = scope_.label();
    std::string count = apply("i32", "rem_u", scope_.value("i32"), number("i32", most));
    return fmt::format("{}\n(block {}e (loop {}\n(br_if {}e (i32.eqz {}))\n{}\n{}(br {})))\n",
                       set(left_, count), again, again, again, get(left_),
                       set(left_, fmt::format("(i32.sub {} (i32.const 1))", get(left_))), body,
                       again);
  }
  // Puts nodes in front of the list. The other reference makes it a graph, or garbage reachable.
  std::string build() {
    std::string other = scope_.random.chance(50) ? "(ref.null $s0)" : objects_.reference(kNode, 1);
    std::string made = set(head_, node(get(head_), other)) + "\n";
    if (scope_.random.chance(30)) made += set(at_, get(head_)) + "\n";
    if (scope_.random.chance(30)) {
      made += fmt::format("(drop {})\n", objects_.creation(objects_.randomType(), 1));
    }
    return repeat(60, made);
  }
  // Advances to the last node, at most 100 nodes away, and makes a node or the head the next one.
  std::string append() {
    std::string next = fmt::format("(struct.get $s0 {} {})", kNodeNext, get(at_)),
                out_ = scope_.label();
    std::string last = scope_.random.chance(30) ? get(head_) : node("(ref.null $s0)", get(at_));
    return set(at_, get(head_)) + "\n" +
           fmt::format("(block {} (br_if {} (ref.is_null {}))\n{}(struct.set $s0 {} {} {}))\n",
                       out_, out_, get(at_),
                       repeat(100, fmt::format("(if (i32.eqz (ref.is_null {})) (then {}))\n", next,
                                               set(at_, next))),
                       kNodeNext, get(at_), last);
  }
  // Sums up the values. A list that ends sooner ends the loop by br_on_null, or traps.
  std::string walk() {
    std::string field =
        scope_.random.chance(80) ? std::to_string(kNodeNext) : std::to_string(kNodeOther);
    std::string end = scope_.label();
    std::string value = fmt::format("(struct.get $s0 {} {})", kNodeValue, get(at_));
    std::string sum = scope_.result("i64", value);
    if (scope_.random.chance(30)) {
      sum += fmt::format("(struct.set $s0 {} {} (i64.add {} {}))\n", kNodeValue, get(at_), value,
                         scope_.value("i64"));
    }
    if (scope_.random.chance(20)) sum += objects_.statement(0);
    std::string next = fmt::format("(struct.get $s0 {} {})", field, get(at_));
    std::string move = objects_.takesRisk()
                           ? set(at_, next)
                           : set(at_, fmt::format("(br_on_null {} {})", end, next));
    return set(at_, get(head_)) + "\n" +
           fmt::format("(block {} (drop (br_on_null {} {}))\n{})\n", end, end, get(at_),
                       repeat(150, sum + move + "\n"));
  }
  // Reverses up to 100 nodes; the rest is dropped.
  std::string reverse() {
    std::string done = scope_.declare("(ref null $s0)"), next = scope_.declare("(ref null $s0)");
    std::string body = fmt::format(
        "(if (i32.eqz (ref.is_null {0})) (then\n"
        "(local.set {1} (struct.get $s0 {3} {0}))\n(struct.set $s0 {3} {0} {4})\n"
        "(local.set {2} {0})\n(local.set {5} (local.get {1}))))\n",
        get(head_), next, done, kNodeNext, get(done), head_);
    return set(done, "(ref.null $s0)") + "\n" + repeat(100, body) + set(head_, get(done)) + "\n";
  }
  // Drops all nodes behind a node, or before it.
  std::string cut() {
    std::string end = scope_.label(),
                next = fmt::format("(struct.get $s0 {} {})", kNodeNext, get(at_));
    std::string skip = repeat(20, set(at_, fmt::format("(br_on_null {} {})", end, next)) + "\n");
    std::string cut =
        scope_.random.chance(50)
            ? set(head_, get(at_))
            : fmt::format("(struct.set $s0 {} {} (ref.null $s0))", kNodeNext, get(at_));
    return set(at_, get(head_)) + "\n" +
           fmt::format("(block {} (drop (br_on_null {} {}))\n{}{})\n", end, end, get(at_), skip,
                       cut);
  }
  // Makes the list reachable from a global, a table or an older object only, or drops it.
  std::string keep() {
    switch (scope_.random.below(4)) {
      case 0:
        return fmt::format("(global.set $o1 {})\n{}\n", get(head_), set(head_, "(ref.null $s0)"));
      case 1:
        return fmt::format("(table.set $objects (i32.const {}) {})\n",
                           scope_.random.below(kObjects), get(head_));
      case 2:
        return set(head_, "(global.get $o1)") + "\n";
      default:
        return fmt::format("(struct.set $s0 {} {} {})\n", kNodeOther, objects_.object(kNode, 1),
                           get(head_));
    }
  }

  Scope& scope_;
  Objects objects_;
  std::string head_, at_, left_;
};

}  // namespace

std::string lists(Scope& scope) { return Lists(scope).body(); }

}  // namespace differential
