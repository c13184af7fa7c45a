// The loops of Scope, with different kinds of induction variables. Pointer widening, bounds probes
// and vectorization depend on the form of a loop, so that there are many.
#include "test/differential/generate/scope.h"

namespace differential {

// Returns a loop with a pointer and a trip count that counts down or up.
std::string Scope::countedLoop(unsigned stride, const std::string& start, const std::string& trips,
                               const Body& body) {
  std::string pointer = declare(index_), left = declare(index_), again = label();
  std::string moved = random.chance(60) ? add(get(pointer), numberOf(stride))
                                        : apply(index_, "sub", get(pointer), numberOf(stride));
  bool countsUp = random.chance(40);
  std::string next = apply(index_, countsUp ? "add" : "sub", get(left), numberOf(1));
  std::string counted = fmt::format("(local.tee {} {})", left, next);
  std::string goesOn = countsUp ? apply(index_, random.chance(60) ? "lt_u" : "lt_s", counted, trips)
                                : apply(index_, "ne", counted, numberOf(0));
  std::string inside = body(pointer);
  std::string move = set(pointer, moved) + "\n";
  bool movesFirst = random.chance(20);
  return fmt::format("{}\n{}\n(loop {}\n{}{}{}(br_if {} {}))\n", set(pointer, start),
                     set(left, countsUp ? numberOf(0) : trips), again, movesFirst ? move : "",
                     inside, movesFirst ? "" : move, again, goesOn);
}

// Returns a loop that computes the pointer from the number of the iteration, which counts up or
// down. Powers of two are scaled by a shift as well.
std::string Scope::indexedLoop(unsigned stride, const std::string& start, const std::string& trips,
                               const Body& body) {
  std::string base = declare(index_), i = declare(index_), end = declare(index_);
  std::string pointer = declare(index_), again = label();
  unsigned log2 = 0;
  while ((1u << log2) < stride) ++log2;
  std::string scaled = (1u << log2) == stride && random.chance(70)
                           ? apply(index_, "shl", get(i), numberOf(log2))
                           : apply(index_, "mul", get(i), numberOf(stride));
  bool isDown = random.chance(35);
  std::string step = add(get(i), numberOf(isDown ? -1 : 1));
  std::string goesOn = isDown
                           ? apply(index_, random.chance(50) ? "ge_s" : "gt_s", get(i), numberOf(0))
                           : apply(index_,
                                   random.chance(50)   ? "lt_u"
                                   : random.chance(50) ? "lt_s"
                                                       : "ne",
                                   get(i), get(end));
  std::string first = isDown ? get(end) : numberOf(0);
  std::string inside = body(pointer);
  return fmt::format("{}\n{}\n{}\n(loop {}\n{}\n{}{}\n(br_if {} {}))\n", set(base, start),
                     set(end, trips), set(i, first), again, set(pointer, add(get(base), scaled)),
                     inside, set(i, step), again, goesOn);
}

// Returns a loop that ends when the pointer reaches an end address; no iterations if that wraps
// around.
std::string Scope::rangeLoop(unsigned stride, const std::string& start, const std::string& trips,
                             const Body& body) {
  std::string pointer = declare(index_), end = declare(index_), again = label();
  bool isDown = random.chance(35);
  std::string size = apply(index_, "mul", trips, numberOf(stride));
  std::string move =
      set(pointer, apply(index_, isDown ? "sub" : "add", get(pointer), numberOf(stride)));
  const char* order =
      isDown ? (random.chance(50) ? "gt_u" : "gt_s") : (random.chance(50) ? "lt_u" : "lt_s");
  bool isExact = random.chance(40);
  std::string goesOn = apply(index_, isExact ? "ne" : order, get(pointer), get(end));
  std::string head = set(pointer, start) + "\n" +
                     set(end, apply(index_, isDown ? "sub" : "add", get(pointer), size)) + "\n";
  std::string inside = body(pointer);
  if (random.chance(50)) {
    return fmt::format("{}(loop {}\n{}{}\n(br_if {} {}))\n", head, again, inside, move, again,
                       goesOn);
  }
  return fmt::format("{}(block (loop {}\n(br_if 1 (i32.eqz {}))\n{}{}\n(br {})))\n", head, again,
                     goesOn, inside, move, again);
}

std::string Scope::loop(unsigned stride, unsigned mostRounds, const Body& body) {
  std::string from = start();
  std::string rounds = trips(mostRounds);
  switch (random.below(3)) {
    case 0:
      return countedLoop(stride, from, rounds, body);
    case 1:
      return indexedLoop(stride, from, rounds, body);
    default:
      return rangeLoop(stride, from, rounds, body);
  }
}

std::string Scope::loopOrNot(unsigned stride, unsigned mostRounds, const Body& body) {
  if (random.chance(65)) return loop(stride, mostRounds, body);
  std::string pointer = declare(index_);
  return set(pointer, start()) + "\n" + body(pointer);
}

}  // namespace differential
