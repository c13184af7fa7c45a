// What the headers for C++ of object files have in common. C++17.
#ifndef WASM2OBJ_HPP
#define WASM2OBJ_HPP

#include <cstddef>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <utility>
#include <wasm2obj.h>

#if __cplusplus >= 202002L
#include <span>
#endif

namespace wasm2obj {

// A trap, an exit or an exception of a guest, or a wrong use.
class Error : public std::runtime_error {
 public:
  // Takes the error over.
  explicit Error(wasm2obj_error_t* error)
      : std::runtime_error(wasm2obj_error_text(error)), error_(error, wasm2obj_error_delete) {}

  wasm2obj_error_kind_t kind() const { return wasm2obj_error_kind(error_.get()); }
  const wasm2obj_error_t* get() const { return error_.get(); }

 private:
  std::shared_ptr<wasm2obj_error_t> error_;
};

// Throws an Error unless the pointer is null.
inline void check(wasm2obj_error_t* error) {
  if (error != nullptr) throw Error(error);
}

// A reference, which may be null, that the object owns. Copies refer to the same.
class Ref {
 public:
  // The null reference.
  Ref(std::nullptr_t = nullptr) {}
  // Takes the reference over.
  explicit Ref(wasm2obj_ref_t* taken) : ref_(taken) {}
  Ref(const Ref& other) : ref_(wasm2obj_ref_new_copy(other.get())) {}
  Ref(Ref&& other) noexcept = default;
  Ref& operator=(Ref other) noexcept {
    ref_.swap(other.ref_);
    return *this;
  }

  // Returns a reference to a pointer of the program, as wasm2obj_ref_new_host does.
  static Ref host(wasm2obj_instance_t* instance, void* pointer,
                  void (*finalize)(void* pointer) = nullptr) {
    wasm2obj_ref_t* made = nullptr;
    check(wasm2obj_ref_new_host(instance, pointer, finalize, &made));
    return Ref(made);
  }

  wasm2obj_ref_t* get() const { return ref_.get(); }
  wasm2obj_ref_t* release() { return ref_.release(); }
  wasm2obj_ref_kind_t kind() const { return wasm2obj_ref_kind(get()); }
  // Returns the pointer of the program; null if the reference is of another kind.
  void* pointer() const { return wasm2obj_ref_host(get()); }
  explicit operator bool() const { return ref_ != nullptr; }

 private:
  struct Delete {
    void operator()(wasm2obj_ref_t* ref) const { wasm2obj_ref_delete(ref); }
  };
  std::unique_ptr<wasm2obj_ref_t, Delete> ref_;
};

// A store, in which instances that import from each other are made.
class Store {
 public:
  explicit Store(const wasm2obj_limits_t* limits = nullptr)
      : store_(wasm2obj_store_new(limits), wasm2obj_store_delete) {}
  // Interrupts its guests, also while one is being made. May be called by any thread.
  void interrupt() const { wasm2obj_store_interrupt(get()); }
  wasm2obj_store_t* get() const { return store_.get(); }

 private:
  std::unique_ptr<wasm2obj_store_t, void (*)(wasm2obj_store_t*)> store_;
};

// The bytes of a memory.
#if __cplusplus >= 202002L
using Bytes = std::span<std::byte>;
#else
class Bytes {
 public:
  Bytes() = default;
  Bytes(std::byte* begin, std::size_t size) : begin_(begin), size_(size) {}
  std::byte* data() const { return begin_; }
  std::size_t size() const { return size_; }
  std::byte* begin() const { return begin_; }
  std::byte* end() const { return begin_ + size_; }
  std::byte& operator[](std::size_t index) const { return begin_[index]; }
  bool empty() const { return size_ == 0; }

 private:
  std::byte* begin_ = nullptr;
  std::size_t size_ = 0;
};
#endif

// The vector of a value, and its change.
inline wasm2obj_v128_t vectorOf(const wasm2obj_value_t& value) {
  wasm2obj_v128_t vector;
  std::memcpy(&vector, value.of.v128, sizeof vector);
  return vector;
}
inline void setVector(wasm2obj_value_t& value, wasm2obj_v128_t vector) {
  value.type = WASM2OBJ_V128;
  std::memcpy(value.of.v128, &vector, sizeof vector);
}

}  // namespace wasm2obj

#endif
