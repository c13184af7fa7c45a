#include "loader/embed/store.h"

#include <algorithm>

#include "loader/embed/instance.h"

namespace embed {

SharedStore::~SharedStore() = default;

void SharedStore::retire(std::unique_ptr<wasm2obj_instance_t> instance) {
  if (instance->instance != nullptr && !store_.isReleased(instance->instance)) {
    store_.release(*instance->instance);
  }
  instance->objects.clear();
  // It would keep the store, which owns it now.
  instance->keeper = this;
  instance->store.reset();
  instance->shared.reset();
  retired_.push_back(std::move(instance));
  std::erase_if(retired_, [this](const auto& retired) {
    return retired->instance != nullptr && !store_.isReleased(retired->instance);
  });
}

Object* SharedStore::add(std::unique_ptr<Object> object) {
  return objects_.emplace_back(std::move(object)).get();
}

}  // namespace embed

wasm2obj_store_t* wasm2obj_store_new(const wasm2obj_limits_t* limits) {
  auto of = limits == nullptr ? runtime::Limits() : limits->limits;
  return new wasm2obj_store_t{std::make_shared<embed::SharedStore>(of)};
}

void wasm2obj_store_delete(wasm2obj_store_t* store) { delete store; }
