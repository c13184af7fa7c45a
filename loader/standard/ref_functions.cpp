// The functions that all kinds of references have.
#include <utility>

#include "loader/standard/module.h"
#include "loader/standard/ref.h"
#include "loader/standard/trap.h"

namespace standard {
namespace {

bool isSame(const wasm_ref_t* left, const wasm_ref_t* right) {
  if (left == nullptr || right == nullptr) return left == right;
  return left->kind == right->kind && left->owner == right->owner &&
         left->identity() == right->identity();
}

void* infoOf(const wasm_ref_t* ref) {
  const HostInfo* info = ref == nullptr ? nullptr : ref->info();
  return info == nullptr ? nullptr : info->data();
}

// If there is no object for it, the host info ends at once.
void setInfo(wasm_ref_t* ref, void* data, void (*finalizer)(void*)) {
  HostInfo info(data, finalizer);
  if (ref != nullptr) ref->setInfo(std::move(info));
}

bool isExtern(const wasm_ref_t* ref) { return ref != nullptr && ref->kind <= RefKind::Tag; }

}  // namespace
}  // namespace standard

// A family of functions for each kind of reference.

#define DEFINE_REF_BASE(name)                                                                     \
  void wasm_##name##_delete(wasm_##name##_t* ref) { delete ref; }                                 \
  wasm_##name##_t* wasm_##name##_copy(const wasm_##name##_t* ref) {                               \
    return ref == nullptr ? nullptr : static_cast<wasm_##name##_t*>(ref->copy());                 \
  }                                                                                               \
  bool wasm_##name##_same(const wasm_##name##_t* left, const wasm_##name##_t* right) {            \
    return standard::isSame(left, right);                                                         \
  }                                                                                               \
  void* wasm_##name##_get_host_info(const wasm_##name##_t* ref) { return standard::infoOf(ref); } \
  void wasm_##name##_set_host_info(wasm_##name##_t* ref, void* data) {                            \
    standard::setInfo(ref, data, nullptr);                                                        \
  }                                                                                               \
  void wasm_##name##_set_host_info_with_finalizer(wasm_##name##_t* ref, void* data,               \
                                                  void (*finalizer)(void*)) {                     \
    standard::setInfo(ref, data, finalizer);                                                      \
  }

#define DEFINE_REF(name, Kind)                                                             \
  DEFINE_REF_BASE(name)                                                                    \
  wasm_ref_t* wasm_##name##_as_ref(wasm_##name##_t* ref) { return ref; }                   \
  const wasm_ref_t* wasm_##name##_as_ref_const(const wasm_##name##_t* ref) { return ref; } \
  wasm_##name##_t* wasm_ref_as_##name(wasm_ref_t* ref) {                                   \
    return standard::refAs<wasm_##name##_t>(ref, standard::RefKind::Kind);                 \
  }                                                                                        \
  const wasm_##name##_t* wasm_ref_as_##name##_const(const wasm_ref_t* ref) {               \
    return standard::refAs<const wasm_##name##_t>(ref, standard::RefKind::Kind);           \
  }

DEFINE_REF_BASE(ref)
DEFINE_REF(func, Func)
DEFINE_REF(global, Global)
DEFINE_REF(table, Table)
DEFINE_REF(memory, Memory)
DEFINE_REF(instance, Instance)
DEFINE_REF(module, Module)
DEFINE_REF(foreign, Foreign)
DEFINE_REF(trap, Trap)
DEFINE_REF_BASE(extern)

wasm_ref_t* wasm_extern_as_ref(wasm_extern_t* ref) { return ref; }

const wasm_ref_t* wasm_extern_as_ref_const(const wasm_extern_t* ref) { return ref; }

wasm_extern_t* wasm_ref_as_extern(wasm_ref_t* ref) {
  return standard::isExtern(ref) ? static_cast<wasm_extern_t*>(ref) : nullptr;
}

const wasm_extern_t* wasm_ref_as_extern_const(const wasm_ref_t* ref) {
  return standard::isExtern(ref) ? static_cast<const wasm_extern_t*>(ref) : nullptr;
}
