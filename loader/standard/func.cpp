// Functions: those of guests, and those of the program.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <span>
#include <vector>

#include "loader/standard/last_error.h"
#include "loader/standard/trap.h"
#include "loader/standard/type.h"
#include "loader/standard/value.h"
#include "runtime/instance/call_array.h"
#include "runtime/instance/host_func_instance.h"

namespace standard {
namespace {

using runtime::FuncType;
using runtime::HostFuncInstance;
using runtime::Value;

// A function of the program. It ends with its store.
class Callback {
 public:
  Callback(StoreOwner& owner, wasm_func_callback_t code) : owner_(owner), code_(code) {}
  Callback(StoreOwner& owner, wasm_func_callback_with_env_t code, void* env,
           void (*finalizer)(void*))
      : owner_(owner), codeWithEnv_(code), env_(env, finalizer) {}

  // The code of the HostFuncInstance whose env is a Callback.
  static void run(HostFuncInstance& function, abi::Slot* slots) {
    static_cast<Callback*>(function.env)->call(function, slots);
  }

 private:
  void call(HostFuncInstance& function, abi::Slot* slots);
  base::Result<void> call(HostFuncInstance& function, abi::Slot* slots, const Entry& entry,
                          std::span<wasm_val_t> arguments, std::span<wasm_val_t> results);
  wasm_trap_t* callCode(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) const {
    return code_ != nullptr ? code_(arguments, results)
                            : codeWithEnv_(env_.data(), arguments, results);
  }

  StoreOwner& owner_;
  wasm_func_callback_t code_ = nullptr;
  wasm_func_callback_with_env_t codeWithEnv_ = nullptr;
  HostInfo env_;
};

// The references among values of a call. Each that is made may move the objects of those before, so
// that they are stored together at the end.
class References {
 public:
  void add(const Entry& entry, const Value& value, abi::Slot& slot) {
    all_.push_back({entry->root(value), &slot});
  }
  void store() const {
    for (const auto& [handle, slot] : all_) slot->i64 = handle.word();
  }

 private:
  std::vector<std::pair<runtime::Rooted, abi::Slot*>> all_;
};

// Stores a value in a slot; a reference later.
void store(const Entry& entry, const Value& value, References& references, abi::Slot& slot) {
  if (value.kind >= abi::ValueKind::FuncRef) {
    references.add(entry, value, slot);
  } else {
    slot = value.slot;
  }
}

// Values whose references are deleted at the end.
class Values {
 public:
  explicit Values(size_t size) : values_(size) { std::ranges::fill(all(), wasm_val_t{}); }
  ~Values() {
    for (wasm_val_t& value : all()) wasm_val_delete(&value);
  }
  std::span<wasm_val_t> all() { return values_.all(); }

 private:
  runtime::CallArray<wasm_val_t> values_;
};

void Callback::call(HostFuncInstance& function, abi::Slot* slots) {
  auto entry = Entry::into(owner_);
  if (!entry) return requestTrap(function, entry.error().text());
  // The arguments are still on the guest's stack.
  owner_.clear();
  const FuncType& type = function.type();
  Values arguments(type.params.size()), results(type.results.size());
  auto called = call(function, slots, *entry, arguments.all(), results.all());
  if (!called) requestTrap(function, called.error().text());
}

base::Result<void> Callback::call(HostFuncInstance& function, abi::Slot* slots, const Entry& entry,
                                  std::span<wasm_val_t> arguments, std::span<wasm_val_t> results) {
  const FuncType& type = function.type();
  for (size_t i = 0; i < arguments.size(); ++i) {
    TRY_ASSIGN(arguments[i], fromValue({type.params[i].kind, slots[i]}, entry.owner()));
  }
  std::ranges::transform(type.results, results.begin(), &zeroOf);
  const wasm_val_vec_t argumentVec = {arguments.size(), arguments.data()};
  wasm_val_vec_t resultVec = {results.size(), results.data()};
  if (wasm_trap_t* trap = callCode(&argumentVec, &resultVec)) {
    passTrap(std::unique_ptr<wasm_trap_t>(trap), function, entry);
    return {};
  }
  References references;
  for (size_t i = 0; i < results.size(); ++i) {
    auto value = toValue(results[i], type.results[i], entry);
    if (!value) {
      return base::Error{"", fmt::format("the result {} of a function of the host does not fit: {}",
                                         i, value.error().text())};
    }
    store(entry, *value, references, slots[i]);
  }
  references.store();
  return {};
}

// Returns a new function. `env` is what the callback has besides its code.
template <class Code, class... Env>
base::Result<wasm_func_t*> newFunction(const wasm_store_t* store, const wasm_functype_t* type,
                                       Code code, Env&&... env) {
  TRY_ASSIGN(Entry entry, enter(store));
  if (type == nullptr || code == nullptr) return base::Error{"", kNull};
  auto callback = std::make_shared<Callback>(*entry.owner(), code, std::forward<Env>(env)...);
  runtime::Func made = entry->createFunction(type->type(), &Callback::run, callback.get());
  entry.owner()->keep(std::move(callback));
  return static_cast<wasm_func_t*>(newExtern(entry.owner(), made));
}

wasm_func_t* valueOrNull(const base::Result<wasm_func_t*>& made) {
  if (!made) setLastError(made.error());
  return made ? *made : nullptr;
}

base::Result<void> storeArguments(const FuncType& type, const wasm_val_vec_t* given,
                                  const Entry& entry, abi::Slot* slots) {
  size_t count = given == nullptr ? 0 : given->size;
  if (count != type.params.size()) {
    return base::Error{"",
                       fmt::format("{} arguments for a function {}", count, runtime::text(type))};
  }
  References references;
  for (size_t i = 0; i < count; ++i) {
    auto value = toValue(given->data[i], type.params[i], entry);
    if (!value) return base::Error{"", fmt::format("argument {}: {}", i, value.error().text())};
    store(entry, *value, references, slots[i]);
  }
  references.store();
  return {};
}

base::Result<void> checkResults(const FuncType& type) {
  bool hasVector = std::ranges::count(type.results, abi::kV128) != 0;
  if (!hasVector) return {};
  return base::Error{"", "a result is of the type v128, which wasm.h cannot pass"};
}

wasm_trap_t* call(const wasm_func_t& ref, const Entry& entry, const wasm_val_vec_t* arguments,
                  wasm_val_vec_t* results) {
  // A function that it calls may delete the reference.
  auto function = std::get<runtime::Func>(ref.value);
  const FuncType& type = function.type();
  if (auto checked = checkResults(type); !checked) {
    return newTrap(entry.owner(), checked.error().text());
  }
  runtime::CallArray<abi::Slot> slots(std::max(type.params.size(), type.results.size()));
  auto stored = storeArguments(type, arguments, entry, slots.data());
  if (!stored) return newTrap(entry.owner(), stored.error().text());
  auto outcome = function.callSlots(slots.data());
  if (!outcome) return newTrap(entry, runtime::Failure(std::move(outcome).error()));
  size_t count = results == nullptr ? 0 : std::min(results->size, type.results.size());
  for (size_t i = 0; i < count; ++i) {
    results->data[i] = *fromValue({type.results[i].kind, slots[i]}, entry.owner());
  }
  return nullptr;
}

}  // namespace
}  // namespace standard

wasm_func_t* wasm_func_new(wasm_store_t* store, const wasm_functype_t* type,
                           wasm_func_callback_t code) {
  return standard::valueOrNull(standard::newFunction(store, type, code));
}

wasm_func_t* wasm_func_new_with_env(wasm_store_t* store, const wasm_functype_t* type,
                                    wasm_func_callback_with_env_t code, void* env,
                                    void (*finalizer)(void*)) {
  return standard::valueOrNull(standard::newFunction(store, type, code, env, finalizer));
}

wasm_functype_t* wasm_func_type(const wasm_func_t* ref) {
  auto entry = standard::enter(ref);
  if (!entry) return nullptr;
  return standard::newType(std::get<runtime::Func>(ref->value).type());
}

size_t wasm_func_param_arity(const wasm_func_t* ref) {
  auto entry = standard::enter(ref);
  return entry ? std::get<runtime::Func>(ref->value).type().params.size() : 0;
}

size_t wasm_func_result_arity(const wasm_func_t* ref) {
  auto entry = standard::enter(ref);
  return entry ? std::get<runtime::Func>(ref->value).type().results.size() : 0;
}

wasm_trap_t* wasm_func_call(const wasm_func_t* ref, const wasm_val_vec_t* arguments,
                            wasm_val_vec_t* results) {
  auto entry = standard::enter(ref);
  if (entry) return standard::call(*ref, *entry, arguments, results);
  // A null trap would mean success.
  auto owner = ref == nullptr ? nullptr : ref->owner;
  return standard::newTrap(owner, entry.error().text());
}
