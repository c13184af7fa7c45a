// Calls of functions of guests, and their types.
#include <algorithm>
#include <string>
#include <vector>

#include "loader/embed/error.h"
#include "loader/embed/instance.h"
#include "loader/embed/ref.h"
#include "loader/embed/types/value.h"

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

base::Result<runtime::Func> exportedFunction(const wasm2obj_instance_t& instance,
                                             const char* name) {
  TRY(embed::checkUsable(instance));
  auto function = instance.instance->function(name);
  if (function) return *function;
  return base::Error{"", std::string("no function '") + name + "' is exported"};
}

// A function that a reference refers to, with its store.
struct Referent {
  std::shared_ptr<runtime::Store> store;
  runtime::Func function;
};

base::Result<Referent> functionOf(const wasm2obj_ref_t* ref) {
  if (wasm2obj_ref_kind(ref) != WASM2OBJ_REF_FUNC) {
    return base::Error{"", "the reference is not to a function"};
  }
  TRY_ASSIGN(auto store, embed::storeOf(*ref));
  auto function = store->function(reinterpret_cast<abi::FuncRef*>(ref->word()));
  return Referent{std::move(store), function};
}

}  // namespace

wasm2obj_error_t* wasm2obj_instance_call(wasm2obj_instance_t* instance, const char* name,
                                         const wasm2obj_value_t* arguments, size_t argumentCount,
                                         wasm2obj_value_t* results, size_t resultCount) {
  auto function = exportedFunction(*instance, name);
  if (!function) return makeError(function.error());
  return call(instance->store, *function, name, {arguments, argumentCount, results, resultCount});
}

wasm2obj_error_t* wasm2obj_ref_call(const wasm2obj_ref_t* ref, const wasm2obj_value_t* arguments,
                                    size_t argumentCount, wasm2obj_value_t* results,
                                    size_t resultCount) {
  auto referent = functionOf(ref);
  if (!referent) return makeError(referent.error());
  return call(referent->store, referent->function, "the function",
              {arguments, argumentCount, results, resultCount});
}

wasm2obj_error_t* wasm2obj_instance_function(wasm2obj_instance_t* instance, const char* name,
                                             wasm2obj_ref_t** ref) {
  auto function = exportedFunction(*instance, name);
  if (!function) return makeError(function.error());
  *ref = embed::newRef(instance->store, runtime::Value::funcRef(function->reference()));
  return nullptr;
}

wasm2obj_error_t* wasm2obj_ref_function_type(const wasm2obj_ref_t* ref, wasm2obj_type_t* types,
                                             size_t size, size_t* parameterCount,
                                             size_t* resultCount) {
  auto referent = functionOf(ref);
  if (!referent) return makeError(referent.error());
  const runtime::FuncType& type = referent->function.type();
  std::vector<abi::ValueType> all = type.params;
  all.insert(all.end(), type.results.begin(), type.results.end());
  all.resize(std::min(size, all.size()));
  std::transform(all.begin(), all.end(), types, embed::typeOf);
  *parameterCount = type.params.size();
  *resultCount = type.results.size();
  return nullptr;
}
