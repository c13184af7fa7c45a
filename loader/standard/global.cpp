// Global variables.
#include "loader/standard/last_error.h"
#include "loader/standard/type.h"
#include "loader/standard/value.h"

namespace standard {
namespace {

base::Result<wasm_global_t*> newGlobal(const wasm_store_t* store, const wasm_globaltype_t* type,
                                       const wasm_val_t* initial) {
  TRY_ASSIGN(Entry entry, enter(store));
  if (type == nullptr || initial == nullptr) return base::Error{"", kNull};
  abi::GlobalType made{
      .value = type->content->type, .isMutable = type->mutability == WASM_VAR, .reserved = {}};
  TRY_ASSIGN(runtime::Value value, toValue(*initial, made.value, entry));
  TRY_ASSIGN(runtime::Global * global, entry->createGlobal(made, value));
  return static_cast<wasm_global_t*>(newExtern(entry.owner(), global));
}

base::Result<wasm_val_t> get(const wasm_global_t* ref) {
  TRY_ASSIGN(Entry entry, enter(ref));
  return fromValue(objectOf<runtime::Global>(*ref).get(), entry.owner());
}

base::Result<void> set(const wasm_global_t* ref, const wasm_val_t* given) {
  TRY_ASSIGN(Entry entry, enter(ref));
  if (given == nullptr) return base::Error{"", kNull};
  auto& global = objectOf<runtime::Global>(*ref);
  TRY_ASSIGN(runtime::Value value, toValue(*given, global.type().value, entry));
  return global.set(value);
}

}  // namespace
}  // namespace standard

wasm_global_t* wasm_global_new(wasm_store_t* store, const wasm_globaltype_t* type,
                               const wasm_val_t* initial) {
  auto made = standard::newGlobal(store, type, initial);
  if (!made) standard::setLastError(made.error());
  return made ? *made : nullptr;
}

wasm_globaltype_t* wasm_global_type(const wasm_global_t* ref) {
  auto entry = standard::enter(ref);
  if (!entry) return nullptr;
  return standard::newType(standard::objectOf<runtime::Global>(*ref).type());
}

void wasm_global_get(const wasm_global_t* ref, wasm_val_t* out) {
  if (out == nullptr) return;
  auto value = standard::get(ref);
  if (!value) standard::setLastError(value.error());
  *out = value ? *value : wasm_val_t{};
}

void wasm_global_set(wasm_global_t* ref, const wasm_val_t* value) {
  auto done = standard::set(ref, value);
  if (!done) standard::setLastError(done.error());
}
