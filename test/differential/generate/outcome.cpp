#include "test/differential/generate/outcome.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "runtime/base/check.h"

namespace differential {
namespace {

// By End.
constexpr const char* kEnds[] = {"returns",
                                 "traps: unreachable",
                                 "traps: out of bounds memory access",
                                 "traps: out of bounds table access",
                                 "traps: null reference or no such function",
                                 "traps: division by zero",
                                 "traps: integer overflow",
                                 "traps: call stack exhausted",
                                 "traps: cast failure",
                                 "traps: out of bounds array access",
                                 "traps: allocation failure",
                                 "throws an exception",
                                 "traps in another way",
                                 "traps: all fuel consumed",
                                 "traps: unaligned atomic",
                                 "traps: expected shared memory"};

std::string summary(const Outcome& outcome) {
  if (outcome.end == End::UncaughtException) {
    return fmt::format("{} {:#x}", text(outcome.end), outcome.result);
  }
  if (outcome.end != End::Return) return text(outcome.end);
  return fmt::format("returns {:#x}", outcome.result);
}

// Compares globals or the table, by element.
std::string compareWords(const char* what, const std::vector<uint64_t>& expected,
                         const std::vector<uint64_t>& actual) {
  if (expected.size() != actual.size()) {
    return fmt::format("{} of {} rather than {}", what, actual.size(), expected.size());
  }
  auto [e, a] = std::mismatch(expected.begin(), expected.end(), actual.begin());
  if (e == expected.end()) return "";
  return fmt::format("{} [{}] is {:#x} rather than {:#x}", what, e - expected.begin(), *a, *e);
}

std::string describe(size_t memory, const Change& expected, const Change& actual) {
  return fmt::format("memory {} at {:#x} is {:016x} rather than {:016x}, before the call {:016x}",
                     memory, actual.at, actual.after, expected.after, expected.before);
}

// Returns whether each byte of `value` is that of `one` or of `other`.
bool isEither(uint64_t value, uint64_t one, uint64_t other) {
  for (unsigned shift = 0; shift < 64; shift += 8) {
    auto byte = [&](uint64_t word) { return static_cast<uint8_t>(word >> shift); };
    if (byte(value) != byte(one) && byte(value) != byte(other)) return false;
  }
  return true;
}

// Calls `compare(expected, actual)` for each address that is in either list of changes, until it
// returns a text. A list without the address stands for the value before the call. Both lists are
// sorted, so they are merged.
template <class Compare>
std::string compareChanges(const MemoryState& expected, const MemoryState& actual,
                           Compare compare) {
  auto e = expected.changes.begin();
  auto a = actual.changes.begin();
  while (e != expected.changes.end() || a != actual.changes.end()) {
    bool takesE = a == actual.changes.end() || (e != expected.changes.end() && e->at <= a->at);
    bool takesA = e == expected.changes.end() || (a != actual.changes.end() && a->at <= e->at);
    Change wanted = takesE ? *e : Change{a->at, a->before, a->before};
    Change found = takesA ? *a : Change{e->at, e->before, e->before};
    if (std::string said = compare(wanted, found); !said.empty()) return said;
    if (takesE) ++e;
    if (takesA) ++a;
  }
  return "";
}

// If `isExact` is false, each byte may also have its value before the call.
std::string compareMemory(size_t number, const MemoryState& expected, const MemoryState& actual,
                          bool isExact) {
  if (expected.bytes != actual.bytes) {
    return fmt::format("memory {} has {} bytes rather than {}", number, actual.bytes,
                       expected.bytes);
  }
  return compareChanges(expected, actual, [&](const Change& wanted, const Change& found) {
    bool isFine = isExact ? wanted == found : isEither(found.after, wanted.before, wanted.after);
    return isFine ? "" : describe(number, wanted, found);
  });
}

// Compares the fuel, if both outcomes have it.
std::string compareFuel(const Outcome& expected, const Outcome& actual, Promise promise) {
  if (!expected.fuel || !actual.fuel) return "";
  if (*expected.fuel != *actual.fuel) {
    return fmt::format("consumes {} units of fuel rather than {}", *actual.fuel, *expected.fuel);
  }
  if (expected.withHalf == nullptr || actual.withHalf == nullptr) return "";
  std::string said = difference(*expected.withHalf, *actual.withHalf, promise);
  return said.empty() ? "" : "with half of its fuel: " + said;
}

uint64_t take(std::span<const uint64_t>& words) {
  CHECK(!words.empty());
  uint64_t word = words[0];
  words = words.subspan(1);
  return word;
}

std::vector<uint64_t> takeSome(std::span<const uint64_t>& words) {
  std::vector<uint64_t> taken(take(words));
  for (uint64_t& word : taken) word = take(words);
  return taken;
}

}  // namespace

const char* text(End end) { return kEnds[static_cast<unsigned>(end)]; }

// The parts are compared in the order in which they help to find a fault: the result first, then
// what the host saw, then the state afterwards.
std::string difference(const Outcome& expected, const Outcome& actual, Promise promise) {
  if (expected.end != actual.end || expected.result != actual.result) {
    return fmt::format("{}, but must: {}", summary(actual), summary(expected));
  }
  std::string after = expected.end == End::Return ? "" : ", after it " + summary(expected);
  if (expected.calls != actual.calls) return "calls the host otherwise" + after;
  std::string said = compareWords("globals", expected.globals, actual.globals);
  if (said.empty()) said = compareWords("table", expected.table, actual.table);
  // A throw is a call that leaves the module, before which all stores are made.
  bool isExact = expected.end == End::Return || expected.end == End::UncaughtException ||
                 promise == Promise::Everything;
  if (said.empty() && isExact && expected.objects != actual.objects) said = "objects are others";
  if (isExact || promise == Promise::NoOtherStores) {
    CHECK(expected.memories.size() == actual.memories.size());
    for (size_t i = 0; i < expected.memories.size() && said.empty(); ++i) {
      said = compareMemory(i, expected.memories[i], actual.memories[i], isExact);
    }
  }
  if (said.empty()) said = compareFuel(expected, actual, promise);
  return said.empty() ? "" : said + after;
}

Outcome takeOutcome(std::span<const uint64_t>& words) {
  Outcome outcome;
  outcome.end = static_cast<End>(take(words));
  outcome.result = take(words);
  outcome.calls = take(words);
  outcome.globals = takeSome(words);
  outcome.table = takeSome(words);
  outcome.objects = take(words);
  outcome.memories.resize(take(words));
  for (MemoryState& memory : outcome.memories) {
    memory.bytes = take(words);
    memory.changes.resize(take(words));
    for (Change& change : memory.changes) {
      change.at = take(words);
      change.before = take(words);
      change.after = take(words);
    }
  }
  return outcome;
}

}  // namespace differential
