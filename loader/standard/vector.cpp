// The vectors of wasm.h: a family of functions for each type of elements.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <type_traits>

#include "loader/standard/wasm.h"

namespace {

// The operations on vectors, of elements that are values or pointers.
template <class Vector>
struct Of {
  using Element = std::remove_pointer_t<decltype(Vector::data)>;

  // Behind bytes there is a NUL, also behind none: programs read names as strings.
  static constexpr size_t kEnd = std::is_same_v<Element, wasm_byte_t> ? 1 : 0;

  static void make(Vector* out, size_t size) {
    if (out == nullptr) return;
    bool canExist = size < PTRDIFF_MAX / sizeof(Element) && size + kEnd != 0;
    void* data = canExist ? std::calloc(size + kEnd, sizeof(Element)) : nullptr;
    *out = {data == nullptr ? 0 : size, static_cast<Element*>(data)};
  }

  static void make(Vector* out, size_t size, const Element elements[]) {
    make(out, elements == nullptr ? 0 : size);
    if (out != nullptr && out->size != 0) std::copy_n(elements, size, out->data);
  }

  // `copy` sets an element to a copy of another one.
  template <class Copy>
  static void copy(Vector* out, const Vector* from, Copy copy) {
    make(out, from == nullptr ? 0 : from->size);
    if (out == nullptr) return;
    for (size_t i = 0; i < out->size; ++i) copy(out->data[i], from->data[i]);
  }

  template <class Delete>
  static void destroy(Vector* vector, Delete remove) {
    if (vector == nullptr) return;
    for (size_t i = 0; i < vector->size; ++i) remove(vector->data[i]);
    std::free(vector->data);
    *vector = {0, nullptr};
  }
};

}  // namespace

#define DEFINE_VEC(name, element, COPY, DELETE)                                                 \
  void wasm_##name##_vec_new_empty(wasm_##name##_vec_t* out) {                                  \
    if (out != nullptr) *out = {0, nullptr};                                                    \
  }                                                                                             \
  void wasm_##name##_vec_new_uninitialized(wasm_##name##_vec_t* out, size_t size) {             \
    Of<wasm_##name##_vec_t>::make(out, size);                                                   \
  }                                                                                             \
  void wasm_##name##_vec_new(wasm_##name##_vec_t* out, size_t size, element const elements[]) { \
    Of<wasm_##name##_vec_t>::make(out, size, elements);                                         \
  }                                                                                             \
  void wasm_##name##_vec_copy(wasm_##name##_vec_t* out, const wasm_##name##_vec_t* vector) {    \
    Of<wasm_##name##_vec_t>::copy(out, vector, COPY);                                           \
  }                                                                                             \
  void wasm_##name##_vec_delete(wasm_##name##_vec_t* vector) {                                  \
    Of<wasm_##name##_vec_t>::destroy(vector, DELETE);                                           \
  }

#define DEFINE_POINTER_VEC(name)                                                                \
  DEFINE_VEC(                                                                                   \
      name, wasm_##name##_t*,                                                                   \
      [](wasm_##name##_t*& to, const wasm_##name##_t* from) { to = wasm_##name##_copy(from); }, \
      &wasm_##name##_delete)

DEFINE_VEC(
    byte, wasm_byte_t, [](wasm_byte_t& to, wasm_byte_t from) { to = from; }, [](wasm_byte_t) {})
DEFINE_VEC(
    val, wasm_val_t, [](wasm_val_t& to, const wasm_val_t& from) { wasm_val_copy(&to, &from); },
    [](wasm_val_t& value) { wasm_val_delete(&value); })
DEFINE_POINTER_VEC(valtype)
DEFINE_POINTER_VEC(functype)
DEFINE_POINTER_VEC(globaltype)
DEFINE_POINTER_VEC(tabletype)
DEFINE_POINTER_VEC(memorytype)
DEFINE_POINTER_VEC(tagtype)
DEFINE_POINTER_VEC(externtype)
DEFINE_POINTER_VEC(importtype)
DEFINE_POINTER_VEC(exporttype)
DEFINE_POINTER_VEC(frame)
DEFINE_POINTER_VEC(extern)
