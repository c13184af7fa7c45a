// Stores that must be there after a trap: each goes to the ledger, which nothing else of this
// function writes to, before a call that leaves the module, or before the loop in which the trap
// is.
#include "test/differential/kinds.h"

namespace differential {

std::string ledger(Scope& scope) {
  Random& random = scope.random;
  const std::string& index = scope.index();
  uint64_t next = 0;
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
    out += scope.loop(8, 300, [&](const std::string& at) {
      const Access& from = scope.randomLoad();
      std::string loaded = scope.load(from, at);
      return random.chance(40) ? fmt::format("(drop {})\n", loaded)
                               : scope.result(from.type, loaded);
    });
    out += "(drop (call $observe (local.get $b) (local.get $sum)))\n";
  }
  return out;
}

}  // namespace differential
