// Externals: what instances import and export.
#include "loader/standard/ref.h"
#include "loader/standard/type.h"

using standard::refAs;
using standard::RefKind;

wasm_externkind_t wasm_extern_kind(const wasm_extern_t* ref) {
  switch (ref == nullptr ? RefKind::Func : ref->kind) {
    case RefKind::Global:
      return WASM_EXTERN_GLOBAL;
    case RefKind::Table:
      return WASM_EXTERN_TABLE;
    case RefKind::Memory:
      return WASM_EXTERN_MEMORY;
    case RefKind::Tag:
      return WASM_EXTERN_TAG;
    default:
      return WASM_EXTERN_FUNC;
  }
}

wasm_externtype_t* wasm_extern_type(const wasm_extern_t* ref) {
  auto entry = standard::enter(ref);
  return entry ? standard::newType(ref->value) : nullptr;
}

// A family of functions for each kind of external.
#define DEFINE_EXTERN(name, Kind)                                                                \
  wasm_extern_t* wasm_##name##_as_extern(wasm_##name##_t* ref) { return ref; }                   \
  const wasm_extern_t* wasm_##name##_as_extern_const(const wasm_##name##_t* ref) { return ref; } \
  wasm_##name##_t* wasm_extern_as_##name(wasm_extern_t* ref) {                                   \
    return refAs<wasm_##name##_t>(ref, RefKind::Kind);                                           \
  }                                                                                              \
  const wasm_##name##_t* wasm_extern_as_##name##_const(const wasm_extern_t* ref) {               \
    return refAs<const wasm_##name##_t>(ref, RefKind::Kind);                                     \
  }

DEFINE_EXTERN(func, Func)
DEFINE_EXTERN(global, Global)
DEFINE_EXTERN(table, Table)
DEFINE_EXTERN(memory, Memory)
