// What a call did: what can be seen of it from outside, in a form that does not depend on who ran
// it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace differential {

// How a call ended. Traps that engines tell apart differently are one.
enum class End : uint8_t {
  Return,
  Unreachable,
  MemoryOutOfBounds,
  TableOutOfBounds,  // also an undefined element
  NoSuchFunction,    // null, or of another type
  DivideByZero,
  IntegerOverflow,  // of a division, or a conversion of what no integer is
  CallStackExhausted,
  Other,
};
const char* text(End end);

// Eight bytes of a memory, at a multiple of eight, that a call has changed.
struct Change {
  uint64_t at;
  uint64_t before;
  uint64_t after;
  friend bool operator==(const Change&, const Change&) = default;
};

struct MemoryState {
  uint64_t bytes = 0;
  std::vector<Change> changes;  // by address
};

struct Outcome {
  End end = End::Return;
  uint64_t result = 0;  // 0 after a trap
  uint64_t calls = 0;   // a hash of what the host saw when it was called
  std::vector<uint64_t> globals;
  std::vector<uint64_t> table;  // numbers of functions
  std::vector<MemoryState> memories;
};

// What is known of the memories after a trap. Globals and tables are always as the program left
// them.
enum class Promise : uint8_t {
  Nothing,
  NoOtherStores,  // each byte is as it was before the call, or as the program left it
  Everything,     // as the program left them
};

// Where `actual` is not as it must be; empty if it is nowhere. The program's doing is `expected`.
std::string difference(const Outcome& expected, const Outcome& actual, Promise promise);

// An outcome as a row of words, as node_driver.mjs writes it. Taken from the front of `words`.
Outcome takeOutcome(std::span<const uint64_t>& words);

}  // namespace differential
