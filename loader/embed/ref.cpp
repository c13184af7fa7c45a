#include "loader/embed/ref.h"

#include "loader/embed/error.h"
#include "loader/embed/instance.h"

namespace {

using runtime::ReferentKind;
using runtime::Value;

wasm2obj_ref_kind_t kindOf(const Value& value) {
  if (value.kind == abi::ValueKind::FuncRef) return WASM2OBJ_REF_FUNC;
  switch (runtime::referentKind(value.slot.i64)) {
    case ReferentKind::Null:
      return WASM2OBJ_REF_NULL;
    case ReferentKind::I31:
      return WASM2OBJ_REF_I31;
    case ReferentKind::Host:
      return WASM2OBJ_REF_HOST;
    case ReferentKind::Struct:
      return WASM2OBJ_REF_STRUCT;
    case ReferentKind::Array:
      return WASM2OBJ_REF_ARRAY;
    case ReferentKind::String:
      return WASM2OBJ_REF_STRING;
    case ReferentKind::Exception:
      break;
  }
  return WASM2OBJ_REF_EXCEPTION;
}

}  // namespace

namespace embed {

wasm2obj_ref_t* newRef(const std::shared_ptr<runtime::Store>& store, const Value& value) {
  uint64_t word = value.slot.i64;
  if (word == 0) return nullptr;
  auto* ref = new wasm2obj_ref_t{.kind = kindOf(value), .plainWord = word};
  if (ref->kind == WASM2OBJ_REF_FUNC || abi::isObject(word)) ref->handle = store->root(value);
  if (ref->hasStore()) ref->store = store;
  return ref;
}

base::Result<std::shared_ptr<runtime::Store>> storeOf(const wasm2obj_ref_t& ref) {
  auto store = ref.store.lock();
  if (store == nullptr) return base::Error{"", "the instance of the reference has been deleted"};
  // A function can be asked for its type, and its call fails as those by name do.
  if (ref.kind != WASM2OBJ_REF_FUNC && store->isInterrupted()) {
    return base::Error{"", "the instance of the reference has been interrupted"};
  }
  return store;
}

base::Result<void> checkNotFinalizing(const runtime::Store& store) {
  if (!store.isFinalizing()) return {};
  return base::Error{"", "a finalizer must not use the instance"};
}

}  // namespace embed

void wasm2obj_ref_delete(wasm2obj_ref_t* ref) { delete ref; }

wasm2obj_ref_t* wasm2obj_ref_new_copy(const wasm2obj_ref_t* ref) {
  if (ref == nullptr) return nullptr;
  auto* copy = new wasm2obj_ref_t{.kind = ref->kind, .plainWord = ref->plainWord};
  copy->store = ref->store;
  if (ref->handle) copy->handle = ref->handle->copy();
  return copy;
}

wasm2obj_ref_kind_t wasm2obj_ref_kind(const wasm2obj_ref_t* ref) {
  return ref == nullptr ? WASM2OBJ_REF_NULL : ref->kind;
}

bool wasm2obj_ref_is_same(const wasm2obj_ref_t* left, const wasm2obj_ref_t* right) {
  if (left == nullptr || right == nullptr) return left == right;
  // The store of a deleted instance may have been where that of another one is now.
  bool isOfOneStore =
      !left->store.owner_before(right->store) && !right->store.owner_before(left->store);
  return left->kind == right->kind && isOfOneStore && left->word() == right->word();
}

wasm2obj_ref_t* wasm2obj_ref_new_i31(int32_t value) {
  return new wasm2obj_ref_t{.kind = WASM2OBJ_REF_I31,
                            .plainWord = abi::i31Word(static_cast<uint32_t>(value))};
}

int32_t wasm2obj_ref_i31(const wasm2obj_ref_t* ref) {
  return wasm2obj_ref_kind(ref) == WASM2OBJ_REF_I31 ? abi::i31Value(ref->plainWord) : 0;
}

wasm2obj_error_t* wasm2obj_ref_new_host(wasm2obj_instance_t* instance, void* pointer,
                                        void (*finalize)(void* pointer), wasm2obj_ref_t** ref) {
  if (auto usable = embed::checkUsable(*instance); !usable) return embed::makeError(usable.error());
  auto value = instance->store->newExternRef(pointer, finalize);
  if (!value) return embed::makeError(value.error());
  *ref = embed::newRef(instance->store, *value);
  return nullptr;
}

void* wasm2obj_ref_host(const wasm2obj_ref_t* ref) {
  bool isHost = wasm2obj_ref_kind(ref) == WASM2OBJ_REF_HOST;
  bool isDeleted = isHost && ref->hasStore() && ref->store.expired();
  return isHost && !isDeleted ? runtime::hostPointerOf(ref->word()) : nullptr;
}
