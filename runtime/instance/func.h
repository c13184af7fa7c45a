// A function that the host can call (the specification's function instance): a small handle,
// which is copied freely and is valid as long as its store.
#pragma once

#include <span>
#include <vector>

#include "runtime/trap/trap.h"
#include "runtime/types/value.h"

namespace runtime {

struct GuestState;

// A function of an instance, or one of the host, as the embedder sees it. Copies are the same
// function.
class Func {
 public:
  // `reference` is of an instance in the store.
  Func(GuestState& state, abi::FuncRef* reference) : state_(&state), reference_(reference) {}

  // Returns the type, with canonical type ids; valid as long as the store.
  const FuncType& type() const;
  bool belongsTo(const GuestState& state) const { return state_ == &state; }
  // The function as a funcref value.
  abi::FuncRef* reference() const { return reference_; }

  // Calls with checked arguments; returns the results. Fails with an Error where the arguments do
  // not fit the type.
  Expected<std::vector<Value>, Failure> call(std::span<const Value> arguments) const;
  Expected<std::vector<Value>, Failure> call(std::initializer_list<Value> arguments) const {
    return call(std::span(arguments.begin(), arguments.size()));
  }

  // Calls without checks. `values` holds the arguments and receives the results, with room for
  // whichever are more. May be null where there are neither.
  Expected<void, Trap> callSlots(abi::Slot* values) const;

 private:
  GuestState* state_;
  abi::FuncRef* reference_;
};

}  // namespace runtime
