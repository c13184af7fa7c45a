// The kind "ledger": stores that must have been made after a trap, as they precede a call that
// leaves the module or the loop with the trap. Their addresses are in the ledger (kLedgerBegin), to
// which no other store of the function goes.
#include "test/differential/generate/kinds.h"

namespace differential {
namespace {

// Returns one or two loops with an instruction that may trap.
std::string risk(Scope& scope, const std::string& pointer, bool isInner) {
  Random& random = scope.random;
  if (!isInner && random.chance(30)) {
    return scope.loop(4, 20, [&](const std::string& inner) { return risk(scope, inner, true); });
  }
  const Access& from = scope.randomLoad();
  std::string loaded = scope.load(from, pointer);
  switch (random.below(4)) {
    case 0:
      return fmt::format("(drop {})\n", loaded);
    case 1:
      return scope.result(
          "i32", apply("i32", "div_u", get("$b"), scope.load(scope.randomLoad("i32"), pointer)));
    default:
      return scope.result(from.type, loaded);
  }
}

}  // namespace

std::string ledger(Scope& scope) {
  Random& random = scope.random;
  const std::string& index = scope.index();
  uint64_t next = 0;
  // Returns a store to the next free place of the ledger.
  auto entry = [&](const std::string& value) {
    std::string at = number(index, kLedgerBegin + static_cast<int64_t>(8 * next++));
    return fmt::format("(i64.store {} {} {})\n", scope.memoryName(), at, value);
  };
  std::string pointer = scope.declare(index), out = set(pointer, scope.start()) + "\n";
  std::string load = scope.load(scope.randomLoad(), pointer);
  for (uint64_t i = 1 + random.below(3); i > 0; --i) {
    out += entry(scope.value("i64"));
    if (random.chance(50)) out += entry(scope.value("i64"));
    if (random.chance(50)) {
      out += fmt::format("(drop (call $observe {} {}))\n(drop {})\n", scope.value("i32"),
                         scope.value("i64"), load);
      out += fmt::format("(drop (call $observe {} (i64.const 1)))\n", scope.value("i32"));
      continue;
    }
    out += scope.loop(8, 300, [&](const std::string& at) { return risk(scope, at, false); });
    out += "(drop (call $observe (local.get $b) (local.get $sum)))\n";
  }
  return out;
}

}  // namespace differential
