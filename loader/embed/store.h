// The stores of instances, and the handles of the objects that instances share.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "loader/embed/types/extern_type.h"
#include "loader/embed/wasm2obj.h"
#include "runtime/store.h"

namespace embed {

struct Object;
class SharedStore;

// The store itself, which knows what is around it.
struct EmbeddedStore final : runtime::Store {
  EmbeddedStore(const runtime::StoreOptions& options, SharedStore& around)
      : Store(options), shared(around) {}
  SharedStore& shared;
};

// A store, and what must exist as long as it. Instances and wasm2obj_store_t share it.
class SharedStore : public std::enable_shared_from_this<SharedStore> {
 public:
  explicit SharedStore(const runtime::StoreOptions& options);
  ~SharedStore();

  runtime::Store& store() { return store_; }

  // Takes over an instance that the program has deleted, of which functions may still be called by
  // others. Frees it once the runtime has destroyed it, or with the store.
  void retire(std::unique_ptr<wasm2obj_instance_t> instance);
  // Lets the runtime destroy a retired instance that has had its last Pin.
  void release(const wasm2obj_instance_t& retired);
  // Takes over an object that the program has made. Returns it.
  Object* add(std::unique_ptr<Object> object);

 private:
  // Destroyed after the store, whose host functions use them.
  std::vector<std::unique_ptr<wasm2obj_instance_t>> retired_;
  std::vector<std::unique_ptr<Object>> objects_;
  EmbeddedStore store_;
};

// Returns the store, owned with what is around it.
inline std::shared_ptr<runtime::Store> storeOf(const std::shared_ptr<SharedStore>& shared) {
  return {shared, &shared->store()};
}

// Returns what is around a store of this library.
inline std::shared_ptr<SharedStore> sharedOf(runtime::Store& store) {
  return static_cast<EmbeddedStore&>(store).shared.shared_from_this();
}

// What wasm2obj_memory_t, _table_t, _global_t and _tag_t point to. `value` is of the kind that the
// type says.
struct Object {
  std::weak_ptr<SharedStore> shared;
  runtime::Extern value;
  wasm2obj_instance_t* exporter = nullptr;  // null if the program has made the object
  mutable ExternTypeTexts texts = {};       // of the type that the program has asked for
};

}  // namespace embed

// The implementation of wasm2obj_store_t.
struct wasm2obj_store_t {
  std::shared_ptr<embed::SharedStore> shared;
};
