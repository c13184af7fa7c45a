// The objects of the runtime that wasm2obj_memory_t, _table_t, _global_t and _tag_t are.
#pragma once

#include <memory>

#include "loader/embed/ref.h"
#include "loader/embed/store.h"
#include "runtime/base/result.h"

namespace embed {

// An object of the runtime, and its store.
template <class T>
struct Opened {
  T* object;
  std::shared_ptr<runtime::Store> store;
};

// Returns what a handle points to. Fails if it is null, or if the store has been deleted.
base::Result<const Object*> checkObject(const void* handle);

// Opens a handle, which must be of a T. Fails likewise, and if a finalizer is running.
template <class T>
base::Result<Opened<T>> openObject(const void* handle) {
  TRY_ASSIGN(const Object* object, checkObject(handle));
  auto store = storeOf(object->shared.lock());
  TRY(checkNotFinalizing(*store));
  if (store->isInterrupted()) {
    return base::Error{"", "an instance of the store has been interrupted"};
  }
  return Opened<T>{std::get<T*>(object->value), std::move(store)};
}

}  // namespace embed
