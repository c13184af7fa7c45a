#include "loader/embed/error.h"
#include "loader/embed/instance.h"
#include "loader/embed/wasm2obj_fuel.h"

static_assert(WASM2OBJ_FUEL_UNLIMITED == abi::kUnlimitedFuel);

wasm2obj_error_t* wasm2obj_instance_set_fuel(wasm2obj_instance_t* instance, uint64_t fuel) {
  if (!instance->instance->module().countsFuel()) {
    return embed::makeError(
        "the code of the instance does not count what it executes: compile the module with "
        "wasm2obj --count-fuel");
  }
  embed::storeOfCalled(*instance)->setFuel(fuel);
  return nullptr;
}

uint64_t wasm2obj_instance_fuel(const wasm2obj_instance_t* instance) {
  return embed::storeOfCalled(*instance)->fuel();
}

void wasm2obj_store_set_fuel(wasm2obj_store_t* store, uint64_t fuel) {
  store->shared->store().setFuel(fuel);
}

uint64_t wasm2obj_store_fuel(const wasm2obj_store_t* store) {
  return store->shared->store().fuel();
}
