// libwasmrt for C++20: values, and the memories, tables, globals and tags that instances export or
// the program makes. A part of wasm2obj.hh; see wasm2obj_objects.h for what the functions require.
#ifndef WASM2OBJ_OBJECTS_HH
#define WASM2OBJ_OBJECTS_HH

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>
#include <wasm2obj_objects.h>
#include <wasm2obj_result.hh>

namespace wasm2obj {

// --- Values -------------------------------------------------------------------------------------

// The lanes of a v128 in little-endian order, lane 0 first.
using V128 = std::array<std::uint8_t, 16>;
// A value of any type, in the order of wasm2obj_type_t.
using Value = std::variant<std::int32_t, std::int64_t, float, double, V128, Ref>;

namespace detail {

// Returns a value for the library, whose reference is borrowed.
inline wasm2obj_value_t toRaw(const Value& value) {
  wasm2obj_value_t raw{};
  raw.type = static_cast<wasm2obj_type_t>(value.index());
  std::visit(
      [&raw](const auto& content) {
        if constexpr (std::is_same_v<decltype(content), const Ref&>) {
          raw.of.ref = content.get();
        } else {
          std::memcpy(&raw.of, &content, sizeof content);
        }
      },
      value);
  return raw;
}

// Takes over a value of the library.
inline Value fromRaw(const wasm2obj_value_t& raw) {
  switch (raw.type) {
    case WASM2OBJ_I32:
      return raw.of.i32;
    case WASM2OBJ_I64:
      return raw.of.i64;
    case WASM2OBJ_F32:
      return raw.of.f32;
    case WASM2OBJ_F64:
      return raw.of.f64;
    case WASM2OBJ_V128:
      return std::to_array(raw.of.v128);
    case WASM2OBJ_REF:
      break;
  }
  return Ref(raw.of.ref);
}

inline std::vector<wasm2obj_value_t> toRaw(std::span<const Value> values) {
  std::vector<wasm2obj_value_t> raw;
  for (const Value& value : values) raw.push_back(toRaw(value));
  return raw;
}

}  // namespace detail

// --- Memories -----------------------------------------------------------------------------------

// The bytes of a memory, or of none. Valid as long as the instance or the store that it is of. Its
// base does not change. Each access asks for the size, since the memory may grow whenever guest
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

 protected:
  Memory(void* owner, void* (*get)(void* owner, size_t* size)) : owner_(owner), get_(get) {}

 private:
  friend class Instance;
  friend class Caller;
  void* owner_;
  void* (*get_)(void* owner, size_t* size);
};

// --- Objects ------------------------------------------------------------------------------------

// The type of an object, an import or an export. Its strings belong to that.
using ExternType = wasm2obj_extern_type_t;

// Return types of objects that a program makes. Limits are in pages or elements; `value` and
// `element` are letters as in wasm2obj_types.h.
inline ExternType memoryType(std::uint64_t min, std::optional<std::uint64_t> max = {}) {
  ExternType type{};
  type.kind = WASM2OBJ_MEMORY;
  type.min = min;
  type.has_max = max.has_value();
  type.max = max.value_or(0);
  return type;
}
inline ExternType tableType(char element, std::uint64_t min,
                            std::optional<std::uint64_t> max = {}) {
  ExternType type = memoryType(min, max);
  type.kind = WASM2OBJ_TABLE;
  type.value = element;
  return type;
}
inline ExternType globalType(char value, bool isMutable) {
  ExternType type{};
  type.kind = WASM2OBJ_GLOBAL;
  type.value = value;
  type.is_mutable = isMutable;
  return type;
}

// What the classes of objects have in common: they are handles, valid as long as the instance that
// exports the object, or as the store that the program has made it in.
template <class T>
class Object {
 public:
  explicit Object(T* object) : object_(object) {}
  T* get() const { return object_; }

 protected:
  template <auto function>
  Result<ExternType> typeBy() const {
    ExternType type{};
    if (wasm2obj_error_t* error = function(get(), &type)) return Error(error);
    return type;
  }

 private:
  T* object_;
};

// A memory.
class MemoryObject : public Object<wasm2obj_memory_t>, public Memory {
 public:
  explicit MemoryObject(wasm2obj_memory_t* memory)
      : Object(memory), Memory(memory, [](void* owner, size_t* size) {
          return wasm2obj_memory_data(static_cast<wasm2obj_memory_t*>(owner), size);
        }) {}
  static Result<MemoryObject> make(const Store& store, const ExternType& type) {
    wasm2obj_memory_t* made = nullptr;
    if (wasm2obj_error_t* error = wasm2obj_memory_make(store.get(), &type, &made)) {
      return Error(error);
    }
    return MemoryObject(made);
  }
  Result<ExternType> type() const { return typeBy<wasm2obj_memory_type>(); }
  // Adds pages, and returns their number before.
  Result<std::uint64_t> grow(std::uint64_t pages) const {
    std::uint64_t old = 0;
    if (wasm2obj_error_t* error = wasm2obj_memory_grow(get(), pages, &old)) return Error(error);
    return old;
  }
};

// A table.
class Table : public Object<wasm2obj_table_t> {
 public:
  using Object::Object;
  static Result<Table> make(const Store& store, const ExternType& type, const Ref& initial = {}) {
    wasm2obj_table_t* made = nullptr;
    wasm2obj_error_t* error = wasm2obj_table_make(store.get(), &type, initial.get(), &made);
    if (error != nullptr) return Error(error);
    return Table(made);
  }
  Result<ExternType> type() const { return typeBy<wasm2obj_table_type>(); }
  std::uint64_t size() const { return wasm2obj_table_size(get()); }
  Result<Ref> at(std::uint64_t index) const {
    wasm2obj_ref_t* ref = nullptr;
    if (wasm2obj_error_t* error = wasm2obj_table_get(get(), index, &ref)) return Error(error);
    return Ref(ref);
  }
  Result<void> set(std::uint64_t index, const Ref& ref) const {
    return Result<void>(wasm2obj_table_set(get(), index, ref.get()));
  }
  // Adds elements, and returns their number before.
  Result<std::uint64_t> grow(std::uint64_t count, const Ref& initial = {}) const {
    std::uint64_t old = 0;
    wasm2obj_error_t* error = wasm2obj_table_grow(get(), count, initial.get(), &old);
    if (error != nullptr) return Error(error);
    return old;
  }
};

// A global.
class Global : public Object<wasm2obj_global_t> {
 public:
  using Object::Object;
  static Result<Global> make(const Store& store, const ExternType& type, const Value& initial) {
    wasm2obj_global_t* made = nullptr;
    wasm2obj_value_t raw = detail::toRaw(initial);
    wasm2obj_error_t* error = wasm2obj_global_make(store.get(), &type, &raw, &made);
    if (error != nullptr) return Error(error);
    return Global(made);
  }
  Result<ExternType> type() const { return typeBy<wasm2obj_global_type>(); }
  Result<Value> value() const {
    wasm2obj_value_t raw{};
    if (wasm2obj_error_t* error = wasm2obj_global_get(get(), &raw)) return Error(error);
    return detail::fromRaw(raw);
  }
  Result<void> set(const Value& value) const {
    wasm2obj_value_t raw = detail::toRaw(value);
    return Result<void>(wasm2obj_global_set(get(), &raw));
  }
};

// A tag of exceptions.
class Tag : public Object<wasm2obj_tag_t> {
 public:
  using Object::Object;
  // `type` is such as "(iI)".
  static Result<Tag> make(const Store& store, const std::string& type) {
    wasm2obj_tag_t* made = nullptr;
    wasm2obj_error_t* error = wasm2obj_tag_make(store.get(), type.c_str(), &made);
    if (error != nullptr) return Error(error);
    return Tag(made);
  }
  Result<ExternType> type() const { return typeBy<wasm2obj_tag_type>(); }
  // Returns whether the reference is to an exception with this tag.
  bool isOf(const Ref& exception) const { return wasm2obj_ref_has_tag(exception.get(), get()); }
  // Makes an exception with this tag.
  Result<Ref> exception(std::span<const Value> arguments) const {
    std::vector<wasm2obj_value_t> raw = detail::toRaw(arguments);
    wasm2obj_ref_t* made = nullptr;
    wasm2obj_error_t* error = wasm2obj_exception_new(get(), raw.data(), raw.size(), &made);
    if (error != nullptr) return Error(error);
    return Ref(made);
  }
};

}  // namespace wasm2obj

#endif
