// Calls of functions of guests.
#include <string>
#include <vector>

#include "loader/embed/error.h"
#include "loader/embed/instance.h"
#include "loader/embed/ref.h"
#include "loader/embed/value.h"

namespace {

using embed::makeError;
using runtime::Value;

// The arguments and the places of the results, as the program passes them. Null pointers if there
// are none.
struct Passed {
  const wasm2obj_value_t* arguments;
  size_t argumentCount;
  wasm2obj_value_t* results;
  size_t resultCount;
};

// Returns the arguments. Checks only what the call itself does not.
base::Result<std::vector<Value>> argumentsOf(const Passed& passed, const runtime::FuncType& type,
                                             const runtime::Store& store) {
  std::vector<Value> values;
  for (size_t i = 0; i < passed.argumentCount; ++i) {
    // If there are too many arguments, the call fails.
    abi::ValueType expected = i < type.params.size() ? type.params[i] : abi::kI32;
    auto value = embed::toValue(passed.arguments[i], expected, store);
    if (!value) {
      return base::Error{"", "argument " + std::to_string(i) + ": " + value.error().text()};
    }
    values.push_back(*value);
  }
  return values;
}

// `name` is that of the function, for messages.
wasm2obj_error_t* call(const std::shared_ptr<runtime::Store>& store, const runtime::Func& function,
                       const std::string& name, const Passed& passed) {
  if (auto usable = embed::checkNotFinalizing(*store); !usable) return makeError(usable.error());
  // Checked before the call, which may have effects that cannot be undone.
  if (function.type().results.size() != passed.resultCount) {
    return makeError(name + ": the number of results is wrong; its type is " +
                     runtime::text(function.type()));
  }
  auto arguments = argumentsOf(passed, function.type(), *store);
  if (!arguments) return makeError(name + ": " + arguments.error().text());
  auto outcome = function.call(*arguments);
  if (!outcome) return makeError(outcome.error(), store);
  for (size_t i = 0; i < passed.resultCount; ++i) {
    passed.results[i] = embed::fromValue((*outcome)[i], store);
  }
  return nullptr;
}

}  // namespace

wasm2obj_error_t* wasm2obj_instance_call(wasm2obj_instance_t* instance, const char* name,
                                         const wasm2obj_value_t* arguments, size_t argumentCount,
                                         wasm2obj_value_t* results, size_t resultCount) {
  if (auto usable = embed::checkUsable(*instance); !usable) return makeError(usable.error());
  auto function = instance->instance->function(name);
  if (!function) return makeError(std::string("no function '") + name + "' is exported");
  return call(instance->store, *function, name, {arguments, argumentCount, results, resultCount});
}

wasm2obj_error_t* wasm2obj_ref_call(const wasm2obj_ref_t* ref, const wasm2obj_value_t* arguments,
                                    size_t argumentCount, wasm2obj_value_t* results,
                                    size_t resultCount) {
  if (wasm2obj_ref_kind(ref) != WASM2OBJ_REF_FUNC) {
    return makeError("the reference is not to a function");
  }
  auto store = embed::storeOf(*ref);
  if (!store) return makeError(store.error());
  auto function = (*store)->function(reinterpret_cast<abi::FuncRef*>(ref->word()));
  return call(*store, function, "the function", {arguments, argumentCount, results, resultCount});
}
