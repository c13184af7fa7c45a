// libwasmrt for C++20: modules, instances and linkers that own what they refer to, typed functions
// in both directions, and results that are a value or an error. It is a thin layer over wasm2obj.h
// and wasm2obj_linker.h, whose rules apply: an instance is used by one thread at a time, and guests
// see only what they are given. Its parts are wasm2obj_result.hh and wasm2obj_objects.hh.
//
//   wasm2obj::Linker linker;
//   linker.define("env", "log", [](int32_t code) { std::printf("%d\n", code); });
//   auto module = wasm2obj::Module::open("plugin.so").value();
//   auto plugin = linker.instantiate(module).value();
//   auto add = plugin.function<int32_t(int32_t, int32_t)>("add").value();
//   int32_t sum = add(1, 2).value();  // throws a wasm2obj::Error if the guest traps
#ifndef WASM2OBJ_HH
#define WASM2OBJ_HH

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>
#include <wasm2obj_fuel.h>
#include <wasm2obj_linker.h>
#include <wasm2obj_objects.hh>

namespace wasm2obj {

namespace detail {

// A type of C++ that is a value type: its letter, and its place in a slot.
template <class T>
concept ValueType = std::is_same_v<T, float> || std::is_same_v<T, double> ||
                    (std::is_integral_v<T> && !std::is_same_v<T, bool> &&
                     (sizeof(T) == 4 || sizeof(T) == 8));
template <ValueType T>
constexpr char kLetter = std::is_same_v<T, float>    ? 'f'
                         : std::is_same_v<T, double> ? 'F'
                         : sizeof(T) == 4            ? 'i'
                                                     : 'I';
template <ValueType T>
void store(wasm2obj_slot_t& slot, T value) {
  std::memcpy(slot.bytes, &value, sizeof value);
}
template <ValueType T>
T load(const wasm2obj_slot_t& slot) {
  T value;
  std::memcpy(&value, slot.bytes, sizeof value);
  return value;
}

// The results of a function: none for void, several for a std::tuple.
template <class R>
struct Results {
  using Types = std::tuple<R>;
  static R load(const wasm2obj_slot_t* slots) { return detail::load<R>(slots[0]); }
};
template <>
struct Results<void> {
  using Types = std::tuple<>;
  static void load(const wasm2obj_slot_t*) {}
};
template <class... Each>
struct Results<std::tuple<Each...>> {
  using Types = std::tuple<Each...>;
  static Types load(const wasm2obj_slot_t* slots) {
    return load(slots, std::index_sequence_for<Each...>());
  }
  template <size_t... I>
  static Types load(const wasm2obj_slot_t* slots, std::index_sequence<I...>) {
    return {detail::load<Each>(slots[I])...};
  }
};
template <class R>
struct Results<Result<R>> : Results<R> {};

// The text of a function type, such as "(ii)i".
template <class... Params, class... Each>
std::string typeText(std::tuple<Params...>*, std::tuple<Each...>*) {
  std::string text = "(";
  (text.push_back(kLetter<Params>), ...);
  text.push_back(')');
  (text.push_back(kLetter<Each>), ...);
  return text;
}

}  // namespace detail

// --- Functions of guests ------------------------------------------------------------------------

template <class Signature>
class Function;

// An exported function with the parameters and results of a C++ function type: integers of 4 and 8
// bytes, float and double; std::tuple for several results. Valid as long as its instance. Copies
// are the same function. A call takes nanoseconds; see wasm2obj_func_call for what it requires.
template <class R, class... Params>
class Function<R(Params...)> {
 public:
  // Fails if the guest traps, exits or throws.
  Result<R> operator()(Params... arguments) const {
    std::array<wasm2obj_slot_t, kSlots> slots;
    size_t next = 0;
    (detail::store(slots[next++], arguments), ...);
    if (wasm2obj_error_t* error = wasm2obj_func_call(func_, slots.data())) return Error(error);
    if constexpr (std::is_void_v<R>) {
      return {};
    } else {
      return detail::Results<R>::load(slots.data());
    }
  }

 private:
  friend class Instance;
  using Types = typename detail::Results<R>::Types;
  static constexpr size_t kSlots = std::max({size_t{1}, sizeof...(Params), std::tuple_size_v<Types>});
  static std::string type() {
    return detail::typeText(static_cast<std::tuple<Params...>*>(nullptr),
                            static_cast<Types*>(nullptr));
  }
  explicit Function(const wasm2obj_func_t* func) : func_(func) {}

  const wasm2obj_func_t* func_;
};

// --- Modules, WASI, limits ----------------------------------------------------------------------

// A loaded module. Instances remain valid without it.
class Module {
 public:
  // Fails if the file cannot be read or is no artifact of this version.
  static Result<Module> open(const std::string& path) {
    wasm2obj_module_t* made = nullptr;
    if (wasm2obj_error_t* error = wasm2obj_module_open(path.c_str(), &made)) return Error(error);
    return Module(made);
  }
  // Loads the contents of such a file, which are copied.
  static Result<Module> open(std::span<const std::byte> bytes) {
    wasm2obj_module_t* made = nullptr;
    wasm2obj_error_t* error = wasm2obj_module_open_bytes(bytes.data(), bytes.size(), &made);
    if (error != nullptr) return Error(error);
    return Module(made);
  }
  // Return what it imports, exports and was made of, which the module owns.
  std::span<const wasm2obj_import_t> imports() const {
    size_t count = 0;
    const wasm2obj_import_t* first = wasm2obj_module_imports(get(), &count);
    return {first, count};
  }
  std::span<const wasm2obj_export_t> exports() const {
    size_t count = 0;
    const wasm2obj_export_t* first = wasm2obj_module_exports(get(), &count);
    return {first, count};
  }
  const wasm2obj_facts_t& facts() const { return *wasm2obj_module_facts(get()); }
  // See wasm2obj_module_pool.
  void pool(size_t instances) const { wasm2obj_module_pool(get(), instances); }
  wasm2obj_module_t* get() const { return module_.get(); }

 private:
  explicit Module(wasm2obj_module_t* taken) : module_(taken) {}
  detail::Owned<wasm2obj_module_t, wasm2obj_module_delete> module_;
};

// What guests are granted of WASI: nothing, until a function here says otherwise.
class Wasi {
 public:
  Wasi& argument(const std::string& value) {
    return wasm2obj_wasi_argument(get(), value.c_str()), *this;
  }
  Wasi& variable(const std::string& name, const std::string& value) {
    return wasm2obj_wasi_variable(get(), name.c_str(), value.c_str()), *this;
  }
  Wasi& directory(const std::string& hostPath, const std::string& guestPath, bool isReadOnly) {
    wasm2obj_wasi_directory(get(), hostPath.c_str(), guestPath.c_str(), isReadOnly);
    return *this;
  }
  Wasi& stream(wasm2obj_stream_t which, int fd) {
    return wasm2obj_wasi_stream_fd(get(), which, fd), *this;
  }
  // For the other functions of the C interface.
  wasm2obj_wasi_t* get() const { return wasi_.get(); }

 private:
  detail::Owned<wasm2obj_wasi_t, wasm2obj_wasi_delete> wasi_{wasm2obj_wasi_new()};
};

// Limits on the resources of an instance, those of wasm2obj_limit_t.
class Limits {
 public:
  Limits& set(wasm2obj_limit_t which, uint64_t value) {
    return wasm2obj_limits_set(get(), which, value), *this;
  }
  // Lets calls be interrupted if they take longer, also start functions; 0 for no limit.
  Limits& callTime(std::chrono::nanoseconds limit) {
    return set(WASM2OBJ_LIMIT_CALL_NANOSECONDS, static_cast<uint64_t>(limit.count()));
  }
  // Lets what is made with these limits from now on take of an account, too.
  Limits& account(const class Account& account);
  wasm2obj_limits_t* get() const { return limits_.get(); }

 private:
  detail::Owned<wasm2obj_limits_t, wasm2obj_limits_delete> limits_{wasm2obj_limits_new()};
};

// What several instances may take together (wasm2obj_account_t).
class Account {
 public:
  explicit Account(const Limits& limits) : account_(wasm2obj_account_new(limits.get())) {}
  wasm2obj_account_t* get() const { return account_.get(); }

 private:
  detail::Owned<wasm2obj_account_t, wasm2obj_account_delete> account_;
};

inline Limits& Limits::account(const Account& account) {
  return wasm2obj_limits_set_account(get(), account.get()), *this;
}

// --- Instances ----------------------------------------------------------------------------------

// An instance of a module. It keeps the functions that the linker had defined.
class Instance {
 public:
  // Finds an exported function. Fails if there is none, or one of another type.
  template <class Signature>
  Result<Function<Signature>> function(const std::string& name) const {
    const wasm2obj_func_t* func = nullptr;
    wasm2obj_error_t* error = wasm2obj_instance_func(
        get(), name.c_str(), Function<Signature>::type().c_str(), &func);
    if (error != nullptr) return Error(error);
    return Function<Signature>(func);
  }
  // Return an exported object. Fail if there is none of this kind and name.
  Result<MemoryObject> memory(const std::string& name) const {
    return find<MemoryObject, wasm2obj_memory_t>(wasm2obj_instance_find_memory, name);
  }
  Result<Table> table(const std::string& name) const {
    return find<Table, wasm2obj_table_t>(wasm2obj_instance_find_table, name);
  }
  Result<Global> global(const std::string& name) const {
    return find<Global, wasm2obj_global_t>(wasm2obj_instance_find_global, name);
  }
  Result<Tag> tag(const std::string& name) const {
    return find<Tag, wasm2obj_tag_t>(wasm2obj_instance_find_tag, name);
  }
  // Returns an exported function as a reference, for tables and other linkers.
  Result<Ref> functionRef(const std::string& name) const {
    wasm2obj_ref_t* ref = nullptr;
    wasm2obj_error_t* error = wasm2obj_instance_function(get(), name.c_str(), &ref);
    if (error != nullptr) return Error(error);
    return Ref(ref);
  }
  // Calls an exported function of any type. Fails as wasm2obj_instance_call does.
  Result<std::vector<Value>> call(const std::string& name, std::span<const Value> arguments) const {
    Result<Ref> ref = functionRef(name);
    if (!ref) return ref.error();
    size_t parameters = 0, resultCount = 0;
    check(wasm2obj_ref_function_type(ref->get(), nullptr, 0, &parameters, &resultCount));
    std::vector<wasm2obj_value_t> raw = detail::toRaw(arguments), results(resultCount);
    wasm2obj_error_t* error = wasm2obj_ref_call(ref->get(), raw.data(), raw.size(), results.data(),
                                                resultCount);
    if (error != nullptr) return Error(error);
    std::vector<Value> values;
    for (const wasm2obj_value_t& result : results) values.push_back(detail::fromRaw(result));
    return values;
  }
  // The memory that is exported as "memory", or an empty one.
  Memory memory() const {
    return Memory(get(), [](void* owner, size_t* size) {
      return wasm2obj_instance_memory(static_cast<wasm2obj_instance_t*>(owner), size);
    });
  }
  // Calls _start of a command, and returns its exit status.
  Result<int32_t> run() const {
    int32_t status = 0;
    if (wasm2obj_error_t* error = wasm2obj_instance_run(get(), &status)) return Error(error);
    return status;
  }
  // May be called by any thread; see wasm2obj_instance_interrupt.
  void interrupt() const { wasm2obj_instance_interrupt(get()); }
  // Lets later calls be interrupted if they take longer; 0 for no limit. Replaces Limits::callTime.
  void limitTime(std::chrono::nanoseconds limit) const {
    wasm2obj_instance_time_limit(get(), static_cast<uint64_t>(limit.count()));
  }
  // Set and return what is left of the fuel; see wasm2obj_fuel.h.
  Result<void> setFuel(uint64_t fuel) const {
    if (wasm2obj_error_t* error = wasm2obj_instance_set_fuel(get(), fuel)) return Error(error);
    return {};
  }
  uint64_t fuel() const { return wasm2obj_instance_fuel(get()); }
  wasm2obj_instance_t* get() const { return instance_.get(); }

 private:
  friend class Linker;
  friend class Prepared;
  template <class Found, class T>
  Result<Found> find(wasm2obj_error_t* (*findNamed)(wasm2obj_instance_t*, const char*, T**),
                     const std::string& name) const {
    T* found = nullptr;
    if (wasm2obj_error_t* error = findNamed(get(), name.c_str(), &found)) return Error(error);
    return Found(found);
  }
  explicit Instance(wasm2obj_instance_t* taken) : instance_(taken) {}

  detail::Owned<wasm2obj_instance_t, wasm2obj_instance_delete> instance_;
};

// --- Functions of the program -------------------------------------------------------------------

// The guest that calls a function of the program, until that returns.
class Caller {
 public:
  explicit Caller(wasm2obj_caller_t* caller) : caller_(caller) {}
  Memory memory() const {
    return Memory(caller_, [](void* owner, size_t* size) {
      return wasm2obj_caller_memory(static_cast<wasm2obj_caller_t*>(owner), size);
    });
  }
  // Let the call of the guest end when the function has returned.
  void trap(const std::string& message) const {
    wasm2obj_caller_trap(caller_, message.c_str());
  }
  void exit(int32_t status) const { wasm2obj_caller_exit(caller_, status); }
  // Lets it end with an error that a call of a guest has returned: an exit remains one, and an
  // exception is thrown again.
  void passOn(const Error& error) const {
    const wasm2obj_ref_t* exception = wasm2obj_error_exception(error.get());
    if (error.kind() == WASM2OBJ_ERROR_EXIT) return exit(wasm2obj_error_exit_status(error.get()));
    if (exception != nullptr) {
      wasm2obj_error_t* failed = wasm2obj_instance_throw(instance(), exception);
      if (failed == nullptr) return;
      wasm2obj_error_delete(failed);
    }
    trap(error.what());
  }
  // The instance of the guest, which may not be complete.
  wasm2obj_instance_t* instance() const { return wasm2obj_caller_instance(caller_); }
  wasm2obj_caller_t* get() const { return caller_; }

 private:
  wasm2obj_caller_t* caller_;
};

namespace detail {

template <class R>
struct ReturnOf {
  using Type = std::conditional_t<std::tuple_size_v<typename Results<R>::Types> == 1, R, void>;
};
template <class R>
struct ReturnOf<Result<R>> : ReturnOf<R> {};

// Ends the call of a guest with the exception that is being handled.
inline void passOnException(const Caller& caller) {
  try {
    throw;
  } catch (const Error& error) {
    caller.passOn(error);
  } catch (const std::exception& thrown) {
    caller.trap(thrown.what());
  } catch (...) {
    caller.trap("a function of the program has thrown an exception");
  }
}

// Calls a function object for a guest. An exception that leaves it, or the Error that it returns,
// ends the guest's call: those of guests as they are, others as a trap with the message.
template <class Code, class R, bool HasCaller, class... Params>
struct Trampoline {
  using Return = typename ReturnOf<R>::Type;

  static Return call(wasm2obj_caller_t* raw, Params... arguments) noexcept {
    Caller caller(raw);
    try {
      auto& code = *static_cast<Code*>(wasm2obj_caller_env(raw));
      if constexpr (HasCaller) {
        return finish(caller, [&]() -> R { return code(caller, arguments...); });
      } else {
        return finish(caller, [&]() -> R { return code(arguments...); });
      }
    } catch (...) {
      passOnException(caller);
    }
    return Return();
  }
  template <class Call>
  static Return finish(const Caller& caller, Call call) {
    if constexpr (std::is_void_v<R>) {
      call();
    } else {
      return pass(caller, call());
    }
  }
  template <class T>
  static Return pass(const Caller& caller, Result<T> result) {
    if (!result) {
      caller.passOn(result.error());
      return Return();
    }
    if constexpr (!std::is_void_v<T>) return pass(caller, *std::move(result));
  }
  template <class... Each>
  static void pass(const Caller& caller, std::tuple<Each...> results) {
    wasm2obj_slot_t* slot = wasm2obj_caller_results(caller.get());
    std::apply([&slot](auto... each) { (store(*slot++, each), ...); }, results);
  }
  template <ValueType T>
  static T pass(const Caller&, T result) {
    return result;
  }
};

// The call operator of a function object, or a pointer to a function.
template <class T>
struct Signature : Signature<decltype(&T::operator())> {};
template <class R, class... Params>
struct Signature<R (*)(Params...)> {
  using Parameters = std::tuple<Params...>;
  static constexpr bool kHasCaller = false;
  template <class Code>
  using TrampolineOf = Trampoline<Code, R, false, Params...>;
  using ResultTypes = typename Results<R>::Types;
};
template <class R, class... Params>
struct Signature<R (*)(Caller, Params...)> {
  using Parameters = std::tuple<Params...>;
  template <class Code>
  using TrampolineOf = Trampoline<Code, R, true, Params...>;
  using ResultTypes = typename Results<R>::Types;
};
template <class Object, class R, class... Params>
struct Signature<R (Object::*)(Params...) const> : Signature<R (*)(Params...)> {};
template <class Object, class R, class... Params>
struct Signature<R (Object::*)(Params...)> : Signature<R (*)(Params...)> {};

}  // namespace detail

// A function of the program of any type. It gets the arguments, and returns the results.
using Callback = std::function<std::vector<Value>(const Caller&, std::span<const Value>)>;

namespace detail {

// Calls a Callback, which `env` is, for a guest.
inline wasm2obj_error_t* callBack(wasm2obj_caller_t* raw, const wasm2obj_value_t* arguments,
                                  size_t argumentCount, wasm2obj_value_t* results,
                                  size_t resultCount) noexcept {
  Caller caller(raw);
  try {
    std::vector<Value> values;
    for (size_t i = 0; i < argumentCount; ++i) {
      wasm2obj_value_t argument = arguments[i];
      if (argument.type == WASM2OBJ_REF) argument.of.ref = wasm2obj_ref_new_copy(argument.of.ref);
      values.push_back(fromRaw(argument));
    }
    std::vector<Value> returned = (*static_cast<Callback*>(wasm2obj_caller_env(raw)))(caller, values);
    if (returned.size() != resultCount) {
      return wasm2obj_error_new("a function of the program has returned another number of results");
    }
    for (size_t i = 0; i < resultCount; ++i) {
      results[i] = toRaw(returned[i]);
      if (results[i].type == WASM2OBJ_REF) std::get<Ref>(returned[i]).release();
    }
  } catch (...) {
    passOnException(caller);
  }
  return nullptr;
}

}  // namespace detail

// A module with its imports, which have been found and checked once: instances are made of it in
// microseconds. See wasm2obj_prepared_t.
class Prepared {
 public:
  Result<Instance> instantiate() const {
    wasm2obj_instance_t* made = nullptr;
    if (wasm2obj_error_t* error = wasm2obj_prepared_instantiate(get(), &made)) return Error(error);
    return Instance(made);
  }
  wasm2obj_prepared_t* get() const { return prepared_.get(); }

 private:
  friend class Linker;
  explicit Prepared(wasm2obj_prepared_t* taken) : prepared_(taken) {}

  detail::Owned<wasm2obj_prepared_t, wasm2obj_prepared_delete> prepared_;
};

// Definitions for the imports of modules.
class Linker {
 public:
  // Defines `module`.`name` as a function object or function of the program, with the types of
  // Function; the first parameter may be a Caller. It may also return a Result, whose error becomes
  // a trap, as an exception does. A copy lives as long as the linker and its instances.
  template <class Code>
  Linker& define(const std::string& module, const std::string& name, Code code) {
    using Signature = detail::Signature<Code>;
    using Trampoline = typename Signature::template TrampolineOf<Code>;
    auto closure = std::make_unique<Code>(std::move(code));
    std::string type =
        detail::typeText(static_cast<typename Signature::Parameters*>(nullptr),
                         static_cast<typename Signature::ResultTypes*>(nullptr));
    check(wasm2obj_linker_func(get(), module.c_str(), name.c_str(), type.c_str(),
                               reinterpret_cast<wasm2obj_code_t>(&Trampoline::call),
                               closure.get()));
    wasm2obj_linker_keep(get(), closure.release(),
                         [](void* kept) { delete static_cast<Code*>(kept); });
    return *this;
  }
  // Defines the exports of an instance; see wasm2obj_linker_instance.
  Result<void> define(const std::string& module, const Instance& instance) {
    return Result<void>(wasm2obj_linker_instance(get(), module.c_str(), instance.get()));
  }
  // Defines a function of any type, "(ix)v", or of each type that a module imports it with.
  Linker& callback(const std::string& module, const std::string& name, const std::string& type,
                   Callback code) {
    return defineCallback(module, name, type.c_str(), std::move(code));
  }
  Linker& callback(const std::string& module, const std::string& name, Callback code) {
    return defineCallback(module, name, nullptr, std::move(code));
  }
  // Define objects and functions of instances. Instances are made in their store from then on. Fail
  // if that is not the one of earlier definitions.
  Result<void> define(const std::string& module, const std::string& name, MemoryObject memory) {
    return Result<void>(
        wasm2obj_linker_memory(get(), module.c_str(), name.c_str(), memory.get()));
  }
  Result<void> define(const std::string& module, const std::string& name, Table table) {
    return Result<void>(wasm2obj_linker_table(get(), module.c_str(), name.c_str(), table.get()));
  }
  Result<void> define(const std::string& module, const std::string& name, Global global) {
    return Result<void>(wasm2obj_linker_global(get(), module.c_str(), name.c_str(), global.get()));
  }
  Result<void> define(const std::string& module, const std::string& name, Tag tag) {
    return Result<void>(wasm2obj_linker_tag(get(), module.c_str(), name.c_str(), tag.get()));
  }
  Result<void> define(const std::string& module, const std::string& name, const Ref& function) {
    return Result<void>(wasm2obj_linker_ref(get(), module.c_str(), name.c_str(), function.get()));
  }
  // Lets instances be made in a store.
  Result<void> store(const Store& store) {
    return Result<void>(wasm2obj_linker_store(get(), store.get()));
  }
  // Lets imported functions that are not defined be functions that trap.
  Linker& trapUnknown() { return wasm2obj_linker_trap_unknown(get()), *this; }

  // Instantiates a module without WASI, or with what `wasi` grants.
  Result<Instance> instantiate(const Module& module, const Limits* limits = nullptr) const {
    return instantiate(module, nullptr, limits);
  }
  Result<Instance> instantiate(const Module& module, const Wasi& wasi,
                               const Limits* limits = nullptr) const {
    return instantiate(module, wasi.get(), limits);
  }
  // Finds the imports of a module once.
  Result<Prepared> prepare(const Module& module, const Wasi* wasi = nullptr,
                           const Limits* limits = nullptr) const {
    wasm2obj_prepared_t* made = nullptr;
    wasm2obj_error_t* error = wasm2obj_linker_prepare(
        get(), module.get(), wasi == nullptr ? nullptr : wasi->get(),
        limits == nullptr ? nullptr : limits->get(), &made);
    if (error != nullptr) return Error(error);
    return Prepared(made);
  }
  wasm2obj_linker_t* get() const { return linker_.get(); }

 private:
  Linker& defineCallback(const std::string& module, const std::string& name, const char* type,
                         Callback code) {
    auto closure = std::make_unique<Callback>(std::move(code));
    check(wasm2obj_linker_callback(get(), module.c_str(), name.c_str(), type, &detail::callBack,
                                   closure.get(),
                                   [](void* env) { delete static_cast<Callback*>(env); }));
    static_cast<void>(closure.release());
    return *this;
  }
  Result<Instance> instantiate(const Module& module, const wasm2obj_wasi_t* wasi,
                               const Limits* limits) const {
    wasm2obj_instance_t* made = nullptr;
    wasm2obj_error_t* error = wasm2obj_linker_instantiate(
        get(), module.get(), wasi, limits == nullptr ? nullptr : limits->get(), &made);
    if (error != nullptr) return Error(error);
    return Instance(made);
  }

  detail::Owned<wasm2obj_linker_t, wasm2obj_linker_delete> linker_{wasm2obj_linker_new()};
};

}  // namespace wasm2obj

#endif
