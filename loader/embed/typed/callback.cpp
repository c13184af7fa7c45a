#include "loader/embed/typed/callback.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <span>

#include "loader/embed/error.h"
#include "loader/embed/instance.h"
#include "loader/embed/typed/caller.h"
#include "loader/embed/types/value.h"
#include "runtime/instance/call_array.h"
#include "runtime/instance/host_func_instance.h"

namespace embed {
namespace {

using runtime::HostFuncInstance;
using StorePtr = std::shared_ptr<runtime::Store>;

// Values of a call, whose references are deleted at the end.
class Values {
 public:
  explicit Values(size_t size) : values_(size) { std::ranges::fill(all(), wasm2obj_value_t{}); }
  ~Values() {
    for (wasm2obj_value_t& value : all()) {
      if (value.type == WASM2OBJ_REF) wasm2obj_ref_delete(value.of.ref);
    }
  }
  wasm2obj_value_t& operator[](size_t index) { return values_[index]; }
  wasm2obj_value_t* data() { return values_.data(); }
  std::span<wasm2obj_value_t> all() { return values_.all(); }

 private:
  runtime::CallArray<wasm2obj_value_t> values_;
};

// Ends the call of the guest that has called the function.
void pass(std::unique_ptr<wasm2obj_error_t> error, HostFuncInstance& function,
          const StorePtr& store) {
  const wasm2obj_ref_t* exception = error->exception.get();
  if (error->kind == WASM2OBJ_ERROR_EXIT) return requestExit(function, error->exitStatus);
  if (exception != nullptr && exception->store.lock() == store) {
    return requestThrow(function, &objectOf(*exception));
  }
  requestTrap(function, std::move(error->text));
}

base::Result<void> storeResults(const runtime::FuncType& type, Values& results,
                                const runtime::Store& store, abi::Slot* slots) {
  for (size_t i = 0; i < type.results.size(); ++i) {
    auto value = toFitting(results[i], type.results[i], store);
    if (!value) {
      return base::Error{"", fmt::format("the result {} of a function of the program does not fit: "
                                         "{}",
                                         i, value.error().text())};
    }
    slots[i] = value->slot;
  }
  return {};
}

// The code of all these functions, whose HostBinding::function is that of the program.
void run(HostFuncInstance& function, abi::Slot* slots) {
  StorePtr store = storeOfCalled(instanceOf(function));
  const runtime::FuncType& type = function.type();
  Values arguments(type.params.size()), results(type.results.size());
  for (size_t i = 0; i < type.params.size(); ++i) {
    arguments[i] = fromValue({type.params[i].kind, slots[i]}, store);
  }
  std::ranges::transform(type.results, results.all().begin(), [](const abi::ValueType& result) {
    wasm2obj_value_t zero{};
    zero.type = typeOf(result);
    return zero;
  });
  auto code = reinterpret_cast<wasm2obj_callback_t>(function.function);
  wasm2obj_error_t* error = code(handleOf(function), arguments.data(), type.params.size(),
                                 results.data(), type.results.size());
  if (error != nullptr) return pass(std::unique_ptr<wasm2obj_error_t>(error), function, store);
  // The function has ended the call itself, so that its results do not count.
  if (function.state->hostTrapPending != 0) return;
  auto stored = storeResults(type, results, *store, slots);
  if (!stored) requestTrap(function, stored.error().text());
}

}  // namespace

runtime::HostFunction callbackFunction(wasm2obj_callback_t code, void* env) {
  return {.type = {},
          .code = reinterpret_cast<void*>(code),
          .env = env,
          .slotCode = &run,
          .isOfAnyType = true};
}

}  // namespace embed

wasm2obj_error_t* wasm2obj_error_new(const char* message) {
  return new wasm2obj_error_t{WASM2OBJ_ERROR_TRAP, message};
}
