// The implementation of wasm2obj_ref_t.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "loader/embed/wasm2obj.h"
#include "runtime/base/result.h"
#include "runtime/store.h"

// A reference that is not null.
struct wasm2obj_ref_t {
  wasm2obj_ref_kind_t kind;
  uint64_t plainWord = 0;                 // if the referent is no object
  std::optional<runtime::Rooted> handle;  // if it is one, or a function
  std::weak_ptr<runtime::Store> store;    // of an object or a function

  // Returns the word, or for a function the address of the abi::FuncRef.
  uint64_t word() const { return handle ? handle->word() : plainWord; }
  // Returns whether the reference belongs to one store.
  bool hasStore() const { return handle.has_value(); }
};

namespace embed {

// Returns a new reference that the caller deletes, or null for a null reference. `value` must be a
// reference of the store.
wasm2obj_ref_t* newRef(const std::shared_ptr<runtime::Store>& store, const runtime::Value& value);

// Returns the store of a reference that has one. Fails if its instance has been deleted.
base::Result<std::shared_ptr<runtime::Store>> storeOf(const wasm2obj_ref_t& ref);

// Returns the object that a reference refers to, which must have a handle and a store.
inline abi::ObjectHeader& objectOf(const wasm2obj_ref_t& ref) {
  return *reinterpret_cast<abi::ObjectHeader*>(ref.word());
}

// Fails if a finalizer of the store is running, which must not use it.
base::Result<void> checkNotFinalizing(const runtime::Store& store);

}  // namespace embed
