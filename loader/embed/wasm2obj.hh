// libwasmrt for C++20: modules, instances and linkers that own what they refer to, typed functions
// in both directions, and results that are a value or an error. It is a thin layer over wasm2obj.h
// and wasm2obj_linker.h, whose rules apply: an instance is used by one thread at a time, and guests
// see only what they are given.
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
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>
#include <wasm2obj.hpp>
#include <wasm2obj_linker.h>

namespace wasm2obj {

// A value or an Error, like std::expected<T, Error> of C++23. value() throws the Error if there is
// no value.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::move(value)) {}
  Result(Error error) : content_(std::move(error)) {}

  bool has_value() const { return content_.index() == 0; }
  explicit operator bool() const { return has_value(); }
  T& value() & { return throwIfNone(), std::get<0>(content_); }
  const T& value() const& { return throwIfNone(), std::get<0>(content_); }
  T&& value() && { return throwIfNone(), std::get<0>(std::move(content_)); }
  T value_or(T other) const& { return has_value() ? std::get<0>(content_) : std::move(other); }
  T& operator*() & { return *std::get_if<0>(&content_); }
  const T& operator*() const& { return *std::get_if<0>(&content_); }
  T&& operator*() && { return std::move(*std::get_if<0>(&content_)); }
  T* operator->() { return std::get_if<0>(&content_); }
  const T* operator->() const { return std::get_if<0>(&content_); }
  // Requires that there is no value.
  const Error& error() const { return *std::get_if<1>(&content_); }

 private:
  void throwIfNone() const {
    if (!has_value()) throw Error(std::get<1>(content_));
  }
  std::variant<T, Error> content_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}
  // Takes the error over; null means success.
  explicit Result(wasm2obj_error_t* error) {
    if (error != nullptr) error_.emplace(error);
  }

  bool has_value() const { return !error_; }
  explicit operator bool() const { return has_value(); }
  void value() const {
    if (error_) throw Error(*error_);
  }
  const Error& error() const { return *error_; }

 private:
  std::optional<Error> error_;
};

namespace detail {

// Owns an object of the C interface.
template <class T, void (*Delete)(T*)>
struct Deleter {
  void operator()(T* object) const { Delete(object); }
};
template <class T, void (*Delete)(T*)>
using Owned = std::unique_ptr<T, Deleter<T, Delete>>;

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

// --- Memories -----------------------------------------------------------------------------------

// The memory that an instance exports as "memory", or an empty one. Valid as long as the instance.
// Its base does not change. Each access asks for the size, since the memory may grow whenever guest
// code runs: a span from before is valid then, but shorter than the memory.
class Memory {
 public:
  Bytes bytes() const {
    size_t size = 0;
    void* base = get_(owner_, &size);
    return {static_cast<std::byte*>(base), size};
  }
  size_t size() const { return bytes().size(); }
  // Return the bytes [at, at + size), or nothing if they are not all in the memory. Addresses and
  // lengths that come from a guest may be passed unchecked.
  std::optional<Bytes> slice(uint64_t at, uint64_t size) const {
    Bytes all = bytes();
    if (at > all.size() || size > all.size() - at) return std::nullopt;
    return all.subspan(static_cast<size_t>(at), static_cast<size_t>(size));
  }
  std::optional<std::string_view> text(uint64_t at, uint64_t size) const {
    std::optional<Bytes> part = slice(at, size);
    if (!part) return std::nullopt;
    return std::string_view(reinterpret_cast<const char*>(part->data()), part->size());
  }
  // Read and write an object of a trivial type at any address, aligned or not.
  template <class T>
  std::optional<T> read(uint64_t at) const {
    static_assert(std::is_trivially_copyable_v<T>);
    std::optional<Bytes> part = slice(at, sizeof(T));
    if (!part) return std::nullopt;
    T value;
    std::memcpy(&value, part->data(), sizeof value);
    return value;
  }
  template <class T>
  bool write(uint64_t at, const T& value) const {
    static_assert(std::is_trivially_copyable_v<T>);
    std::optional<Bytes> part = slice(at, sizeof(T));
    if (part) std::memcpy(part->data(), &value, sizeof value);
    return part.has_value();
  }

 private:
  friend class Instance;
  friend class Caller;
  Memory(void* owner, void* (*get)(void* owner, size_t* size)) : owner_(owner), get_(get) {}

  void* owner_;
  void* (*get_)(void* owner, size_t* size);
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
  wasm2obj_limits_t* get() const { return limits_.get(); }

 private:
  detail::Owned<wasm2obj_limits_t, wasm2obj_limits_delete> limits_{wasm2obj_limits_new()};
};

// --- Instances ----------------------------------------------------------------------------------

// An instance of a module. It keeps what the linker had defined.
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
  // Lets later calls be interrupted if they take longer; 0 for no limit.
  void limitTime(std::chrono::nanoseconds limit) const {
    wasm2obj_instance_time_limit(get(), static_cast<uint64_t>(limit.count()));
  }
  wasm2obj_instance_t* get() const { return instance_.get(); }

 private:
  friend class Linker;
  Instance(wasm2obj_instance_t* taken, std::vector<std::shared_ptr<void>> closures)
      : closures_(std::move(closures)), instance_(taken) {}

  std::vector<std::shared_ptr<void>> closures_;  // destroyed after the instance
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

// Calls a function object for a guest. An exception that leaves it, or the Error that it returns,
// becomes a trap with its message.
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
    } catch (const std::exception& thrown) {
      caller.trap(thrown.what());
    } catch (...) {
      caller.trap("a function of the program has thrown an exception");
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
      caller.trap(result.error().what());
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
    auto closure = std::make_shared<Code>(std::move(code));
    std::string type =
        detail::typeText(static_cast<typename Signature::Parameters*>(nullptr),
                         static_cast<typename Signature::ResultTypes*>(nullptr));
    check(wasm2obj_linker_func(get(), module.c_str(), name.c_str(), type.c_str(),
                               reinterpret_cast<wasm2obj_code_t>(&Trampoline::call),
                               closure.get()));
    closures_.push_back(std::move(closure));
    return *this;
  }
  // Defines the exports of an instance; see wasm2obj_linker_instance.
  Result<void> define(const std::string& module, const Instance& instance) {
    wasm2obj_error_t* error = wasm2obj_linker_instance(get(), module.c_str(), instance.get());
    if (error == nullptr) {
      closures_.insert(closures_.end(), instance.closures_.begin(), instance.closures_.end());
    }
    return Result<void>(error);
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
  wasm2obj_linker_t* get() const { return linker_.get(); }

 private:
  Result<Instance> instantiate(const Module& module, const wasm2obj_wasi_t* wasi,
                               const Limits* limits) const {
    wasm2obj_instance_t* made = nullptr;
    wasm2obj_error_t* error = wasm2obj_linker_instantiate(
        get(), module.get(), wasi, limits == nullptr ? nullptr : limits->get(), &made);
    if (error != nullptr) return Error(error);
    return Instance(made, closures_);
  }

  std::vector<std::shared_ptr<void>> closures_;  // destroyed after the linker
  detail::Owned<wasm2obj_linker_t, wasm2obj_linker_delete> linker_{wasm2obj_linker_new()};
};

}  // namespace wasm2obj

#endif
