// A function that the host can call: a small handle, copied freely, valid as long as its store.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/trap/trap.h"
#include "runtime/types/value.h"

namespace runtime {

class Store;

// Calls through `void(context, fastEntry, values)`; see abi::SubType::entryThunk.
using EntryThunk = void (*)(abi::VMContext* context, void* fastEntry, abi::Slot* values);

class Func {
 public:
  Func(Store& store, abi::FuncRef* reference) : store_(&store), reference_(reference) {}

  const FuncType& type() const;
  Store& store() const { return *store_; }
  // As a funcref value.
  abi::FuncRef* reference() const { return reference_; }

  // Calls with checked arguments. An Error is the host's mistake: arguments that do not fit the
  // type. Otherwise the outcome is the results, or the trap or exit that ended the call.
  base::Result<Outcome<std::vector<Value>>> call(std::span<const Value> arguments) const;
  base::Result<Outcome<std::vector<Value>>> call(std::initializer_list<Value> arguments) const {
    return call(std::span(arguments.begin(), arguments.size()));
  }

  // Calls with bare slots, unchecked: `values` holds the arguments and receives the results, and
  // has room for the more numerous of the two.
  std::optional<Trap> callSlots(abi::Slot* values) const;

 private:
  Store* store_;
  abi::FuncRef* reference_;
};

}  // namespace runtime
