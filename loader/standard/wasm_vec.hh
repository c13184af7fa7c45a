// Ownership and vectors of wasm.hh, which includes this file.
#ifndef WASM_VEC_HH
#define WASM_VEC_HH

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <string>
#include <type_traits>
#include <utility>

#include "wasm.h"

namespace wasm {

// --- Ownership ----------------------------------------------------------------------------------

// Deletes objects of the classes below.
class destroyer {
 public:
  template <class T>
  void operator()(T* object) {
    object->destroy();
  }
};

// Owns an object, and makes an owner of a pointer that is taken over.
template <class T>
using own = std::unique_ptr<T, destroyer>;
template <class T>
own<T> make_own(T* object) {
  return own<T>(object);
}

class Config;
class Engine;
class Store;
class ValType;
class ExternType;
class FuncType;
class GlobalType;
class TableType;
class MemoryType;
class TagType;
class ImportType;
class ExportType;
class Ref;
class Val;
class Frame;
class Trap;
template <class T>
class Shared;
class Module;
class Foreign;
class Extern;
class Func;
class Global;
class Table;
class Memory;
class Instance;

namespace detail {

// Declared only: they tell the type of wasm.h that a class stands for. A pointer to an object of
// the class is a pointer to one of that type: the classes have no data, except that Val has a
// wasm_val_t.
wasm_config_t* standsFor(const Config*);
wasm_engine_t* standsFor(const Engine*);
wasm_store_t* standsFor(const Store*);
wasm_valtype_t* standsFor(const ValType*);
wasm_externtype_t* standsFor(const ExternType*);
wasm_functype_t* standsFor(const FuncType*);
wasm_globaltype_t* standsFor(const GlobalType*);
wasm_tabletype_t* standsFor(const TableType*);
wasm_memorytype_t* standsFor(const MemoryType*);
wasm_tagtype_t* standsFor(const TagType*);
wasm_importtype_t* standsFor(const ImportType*);
wasm_exporttype_t* standsFor(const ExportType*);
wasm_ref_t* standsFor(const Ref*);
wasm_val_t* standsFor(const Val*);
wasm_frame_t* standsFor(const Frame*);
wasm_trap_t* standsFor(const Trap*);
wasm_shared_module_t* standsFor(const Shared<Module>*);
wasm_module_t* standsFor(const Module*);
wasm_foreign_t* standsFor(const Foreign*);
wasm_extern_t* standsFor(const Extern*);
wasm_func_t* standsFor(const Func*);
wasm_global_t* standsFor(const Global*);
wasm_table_t* standsFor(const Table*);
wasm_memory_t* standsFor(const Memory*);
wasm_instance_t* standsFor(const Instance*);
template <class T>
using CType = typename std::remove_pointer<decltype(standsFor(static_cast<T*>(nullptr)))>::type;

// Convert pointers to those of wasm.h and back.
template <class T>
CType<T>* toC(T* object) {
  return reinterpret_cast<CType<T>*>(object);
}
template <class T>
const CType<T>* toC(const T* object) {
  return reinterpret_cast<const CType<T>*>(object);
}
template <class T>
T* toCpp(CType<T>* object) {
  return reinterpret_cast<T*>(object);
}
template <class T>
const T* toCpp(const CType<T>* object) {
  return reinterpret_cast<const T*>(object);
}
// Takes over what wasm.h has given away.
template <class T>
own<T> take(CType<T>* object) {
  return own<T>(toCpp<T>(object));
}

// Return a copy of an element of a vector.
template <class T>
auto copyOf(const T& element) -> decltype(element.copy()) {
  return element.copy();
}
template <class T>
own<T> copyOf(const own<T>& element) {
  return element ? element->copy() : nullptr;
}

}  // namespace detail

// --- Vectors ------------------------------------------------------------------------------------

// An array that owns its elements. It is false if it is invalid: there was no memory for it, or it
// has been moved from, reset or released.
template <class T>
class vec {
 public:
  using elem_type = T;

  vec(vec&& that) noexcept : vec(that.size_, that.data_) { that.leave(); }
  vec& operator=(vec&& that) noexcept {
    reset(that);
    return *this;
  }
  ~vec() { delete[] data_; }

  operator bool() const { return size_ != kInvalid; }
  size_t size() const { return size_; }
  const T* get() const { return data_; }
  T* get() { return data_; }
  T& operator[](size_t i) {
    assert(i < size_);
    return data_[i];
  }
  const T& operator[](size_t i) const {
    assert(i < size_);
    return data_[i];
  }

  // Gives up the array, which the caller ends with delete[].
  T* release() {
    T* data = data_;
    leave();
    return data;
  }
  // End the array; the second takes over another one.
  void reset() { delete[] release(); }
  void reset(vec& that) {
    if (this == &that) return;
    reset();
    std::swap(size_, that.size_);
    std::swap(data_, that.data_);
  }

  // Copy the array; the second for elements that cannot be assigned, such as own<T>.
  vec copy() const {
    vec made(size_);
    for (size_t i = 0; made && i < size_; ++i) made.data_[i] = data_[i];
    return made;
  }
  vec deep_copy() const {
    vec made(size_);
    for (size_t i = 0; made && i < size_; ++i) made.data_[i] = detail::copyOf(data_[i]);
    return made;
  }

  // Make a vector: of default values, of elements that are moved from an array or given, of an
  // array that was made by new[] and is taken over, and an invalid one.
  static vec make_uninitialized(size_t size = 0) { return vec(size); }
  static vec make(size_t size, T init[]) {
    vec made(size);
    if (made) std::move(init, init + size, made.data_);
    return made;
  }
  static vec make() { return vec(size_t{0}); }
  template <class... Ts>
  static vec make(Ts&&... elements) {
    T data[] = {std::forward<Ts>(elements)...};
    return make(sizeof...(Ts), data);
  }
  static vec adopt(size_t size, T data[]) { return vec(size, data); }
  static vec invalid() { return vec(kInvalid, nullptr); }
  // Make a name of a string, without and with a NUL. With a reference as parameter, the template
  // would be preferred.
  static vec<char> make(std::string text) { return characters(text, text.size()); }
  static vec<char> make_nt(std::string text) { return characters(text, text.size() + 1); }

 private:
  static constexpr size_t kInvalid = SIZE_MAX;

  explicit vec(size_t size) : size_(size), data_(nullptr) {
    if (size == 0 || size == kInvalid) return;
    data_ = new (std::nothrow) T[size]();
    if (data_ == nullptr) size_ = kInvalid;
  }
  vec(size_t size, T* data) : size_(size), data_(data) {}
  void leave() {
    size_ = kInvalid;
    data_ = nullptr;
  }
  static vec<char> characters(const std::string& text, size_t size) {
    auto made = vec<char>::make_uninitialized(size);
    if (made) std::copy(text.c_str(), text.c_str() + size, made.get());
    return made;
  }

  size_t size_;
  T* data_;
};

// A vector of objects.
template <class T>
using ownvec = vec<own<T>>;

namespace detail {

// Vectors have the form of those of wasm.h, so that one in an object of wasm.h can be referred to.
template <class Vec, class CVec>
const Vec& refer(const CVec* vector) {
  static_assert(std::is_standard_layout<Vec>::value && sizeof(Vec) == sizeof(CVec) &&
                    sizeof(typename Vec::elem_type) == sizeof(*CVec::data),
                "the vectors have different forms");
  return reinterpret_cast<const Vec&>(*vector);
}

// Returns a vector of wasm.h with the elements, which it does not own; an empty one for an invalid
// vector.
template <class CVec, class Vec>
CVec borrow(const Vec& vector) {
  using Element = decltype(CVec::data);
  auto* data = const_cast<typename Vec::elem_type*>(vector.get());
  return CVec{vector ? vector.size() : 0, reinterpret_cast<Element>(data)};
}

// Takes over the elements of a vector of wasm.h, which `remove` then deletes.
template <class T, class CVec>
ownvec<T> takeAll(CVec& vector, void (*remove)(CVec*)) {
  auto made = ownvec<T>::make_uninitialized(vector.size);
  for (size_t i = 0; made && i < vector.size; ++i) {
    made[i].reset(toCpp<T>(vector.data[i]));
    vector.data[i] = nullptr;
  }
  remove(&vector);
  return made;
}

// Copy bytes from and to a vector of wasm.h; the vector that they are copied from ends.
inline vec<byte_t> takeBytes(wasm_byte_vec_t& bytes) {
  auto made = vec<byte_t>::make(bytes.size, bytes.data);
  wasm_byte_vec_delete(&bytes);
  return made;
}
inline wasm_byte_vec_t giveBytes(vec<byte_t>& bytes) {
  const auto borrowed = borrow<wasm_byte_vec_t>(bytes);
  wasm_byte_vec_t made;
  wasm_byte_vec_new(&made, borrowed.size, borrowed.data);
  bytes.reset();
  return made;
}

}  // namespace detail

}  // namespace wasm

#endif
