// A handle of a function that the host can call (the specification's function instance). It is two
// pointers, and valid as long as the instance that it was taken from.
#pragma once

#include <span>
#include <vector>

#include "runtime/trap/enter_guest.h"
#include "runtime/types/value.h"

namespace runtime {

// A reference to a function of an instance, which may be an imported function. Copies refer to the
// same function.
class Func {
 public:
  // `reference` must not be null and must belong to an instance of the store `state`.
  Func(GuestState& state, abi::FuncRef* reference) : state_(&state), reference_(reference) {}

  // Returns the type, with canonical type ids. It is valid as long as the function.
  const FuncType& type() const;
  // Returns whether the function belongs to the store `state`.
  bool belongsTo(const GuestState& state) const { return state_ == &state; }
  // Returns whether a finalizer of the store is running, which must not call functions.
  bool isFinalizing() const;
  // Returns the function as a funcref value.
  abi::FuncRef* reference() const { return reference_; }

  // Calls the function and returns its results (core specification, section "Modules:
  // Invocation"). Fails with an Error if the number or the types of the arguments do not fit the
  // type; then no guest code has run. Fails with a Trap if the call traps or the guest exits.
  Expected<std::vector<Value>, Failure> call(std::span<const Value> arguments) const;
  Expected<std::vector<Value>, Failure> call(std::initializer_list<Value> arguments) const {
    return call(std::span(arguments.begin(), arguments.size()));
  }

  // Calls the function without checks. `values` holds the arguments, one in each slot, and receives
  // the results; it has max(number of parameters, number of results) slots, and may be null if that
  // is 0. If the call fails, the contents of `values` are unspecified.
  Expected<void, Trap> callSlots(abi::Slot* values) const;
  // Does the same by enterGuestWithModes().
  Expected<void, Trap> callSlotsWithModes(abi::Slot* values) const {
    return enterGuestWithModes(*state_, *reference_, values);
  }

 private:
  GuestState* state_;
  abi::FuncRef* reference_;
};

}  // namespace runtime
