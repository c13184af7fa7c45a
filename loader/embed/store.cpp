#include "loader/embed/store.h"

#include <algorithm>

#include "loader/embed/instance.h"

namespace embed {

SharedStore::SharedStore(const runtime::StoreOptions& options) : store_(options, *this) {}
SharedStore::~SharedStore() = default;

void SharedStore::retire(std::unique_ptr<wasm2obj_instance_t> instance) {
  if (instance->pins == 0) release(*instance);
  instance->objects.clear();
  // It would keep the store, which owns it now.
  instance->keeper = this;
  instance->store.reset();
  instance->shared.reset();
  retired_.push_back(std::move(instance));
  // The end of an instance ends what functions of the program use, which may retire others.
  std::vector<std::unique_ptr<wasm2obj_instance_t>> ended;
  for (auto& retired : retired_) {
    if (retired->pins != 0 || retired->instance == nullptr) continue;
    if (!store_.isReleased(retired->instance)) ended.push_back(std::move(retired));
  }
  std::erase(retired_, nullptr);
}

void SharedStore::release(const wasm2obj_instance_t& retired) {
  if (retired.instance == nullptr || store_.isReleased(retired.instance)) return;
  store_.release(*retired.instance);
}

Object* SharedStore::add(std::unique_ptr<Object> object) {
  return objects_.emplace_back(std::move(object)).get();
}

}  // namespace embed

wasm2obj_store_t* wasm2obj_store_new(const wasm2obj_limits_t* limits) {
  return new wasm2obj_store_t{std::make_shared<embed::SharedStore>(embed::storeOptions(limits))};
}

void wasm2obj_store_delete(wasm2obj_store_t* store) { delete store; }

void wasm2obj_store_interrupt(wasm2obj_store_t* store) { store->shared->store().interrupt(); }
