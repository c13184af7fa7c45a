#include "runtime/instance/func.h"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/instance/store_state.h"
#include "runtime/types/type_match.h"
#include "runtime/types/type_registry.h"

namespace runtime {
namespace {

base::Result<void> checkArguments(const FuncType& type, std::span<const Value> arguments) {
  if (arguments.size() != type.params.size()) {
    return base::Error{"",
                       fmt::format("{} arguments for a function {}", arguments.size(), text(type))};
  }
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (!fits(arguments[i], type.params[i])) {
      return base::Error{"",
                         fmt::format("argument {} is {}, expected {} for a function {}", i,
                                     text(typeOf(arguments[i])), text(type.params[i]), text(type))};
    }
  }
  return {};
}

}  // namespace

const FuncType& Func::type() const { return canonicalType(reference_->typeId).func; }

Expected<std::vector<Value>, Failure> Func::call(std::span<const Value> arguments) const {
  const FuncType& signature = type();
  TRY(checkArguments(signature, arguments));
  // The entry thunk reads the arguments before it writes the results to the same slots.
  std::vector<abi::Slot> slots(std::max(arguments.size(), signature.results.size()));
  for (size_t i = 0; i < arguments.size(); ++i) slots[i] = arguments[i].slot;
  TRY(callSlots(slots.data()));
  std::vector<Value> results(signature.results.size());
  for (size_t i = 0; i < results.size(); ++i) {
    results[i] = {signature.results[i].kind, slots[i]};
  }
  return results;
}

bool Func::isFinalizing() const {
  const StoreState& store = StoreState::of(*state_);
  return store.heap != nullptr && store.heap->finalizers().isRunning();
}

Expected<void, Trap> Func::callSlots(abi::Slot* values) const {
  return enterGuest(*state_, *reference_, values);
}

}  // namespace runtime
