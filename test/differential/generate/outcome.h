// The observable outcome of a call, in a form that does not depend on the engine that executed it,
// and the comparison of outcomes.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace differential {

// How a call ended. Traps that not all engines distinguish are one. node_driver.mjs has the same
// numbers.
enum class End : uint8_t {
  Return,
  Unreachable,
  MemoryOutOfBounds,
  TableOutOfBounds,  // or an undefined element
  NullReference,     // or an element of another type
  DivideByZero,
  IntegerOverflow,  // of a division, or an invalid conversion to an integer
  CallStackExhausted,
  CastFailure,
  ArrayOutOfBounds,
  AllocationFailure,
  UncaughtException,
  Other,
  OutOfFuel,
  UnalignedAtomic,
  ExpectedSharedMemory,
};
// Returns a phrase for messages, such as "traps: unreachable".
const char* text(End end);

// Eight bytes of a memory at an address that is a multiple of eight, which a call has changed.
struct Change {
  uint64_t at;
  uint64_t before;
  uint64_t after;
  friend bool operator==(const Change&, const Change&) = default;
};

// The state of a memory after a call.
struct MemoryState {
  uint64_t bytes = 0;           // its size
  std::vector<Change> changes;  // sorted by address
};

// The outcome of a call.
struct Outcome {
  End end = End::Return;
  uint64_t result = 0;  // 0 after a trap; a hash of an uncaught exception
  uint64_t calls = 0;   // HostCalls::hash()
  std::vector<uint64_t> globals;
  std::vector<uint64_t> table;  // the number of the function in each element, or 0
  uint64_t objects = 0;         // the result of the function "objects", if there is one
  std::vector<MemoryState> memories;
  // Of code that counts fuel: what the call has consumed, unless a fault of the hardware has ended
  // it; and its outcome with half of that.
  std::optional<uint64_t> fuel = std::nullopt;
  std::shared_ptr<const Outcome> withHalf = nullptr;
};

// The guaranteed contents of the memories after a trap, since optimized code may omit or delay
// stores before a trap. Globals and tables always have the values that the program gave them.
enum class Promise : uint8_t {
  Nothing,
  NoOtherStores,  // each byte has the value before the call or the one that the program stored
  Everything,     // all stores of the program have been made
};

// Returns a description of the first difference that is not allowed, or an empty string. `expected`
// is the outcome without optimization. `promise` applies to calls that trap, and objects are
// as exact as memories; after other calls both must be equal. Fuel is compared if both have it.
std::string difference(const Outcome& expected, const Outcome& actual, Promise promise);

// Decodes an outcome in the encoding of node_driver.mjs and removes it from the front of `words`.
// Requires that `words` has a complete outcome.
Outcome takeOutcome(std::span<const uint64_t>& words);

}  // namespace differential
