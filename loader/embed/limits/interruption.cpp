// How functions of the program end calls of the guests that have called them.
#include "loader/embed/error.h"
#include "loader/embed/instance.h"
#include "runtime/instance/host_func.h"
#include "runtime/instance/store_state.h"

namespace {

// Returns what requests are made with. Fails if no guest of the store runs.
base::Result<runtime::Caller> callerOf(const wasm2obj_instance_t& instance) {
  auto store = embed::storeOfCalled(instance);
  TRY(embed::checkNotFinalizing(*store));
  if (store->state().activation == nullptr) {
    return base::Error{"", "no guest of the instance is running"};
  }
  runtime::Caller caller{};
  caller.state = &store->state();
  return caller;
}

}  // namespace

wasm2obj_error_t* wasm2obj_instance_trap(wasm2obj_instance_t* instance, const char* message) {
  auto caller = callerOf(*instance);
  if (!caller) return embed::makeError(caller.error());
  runtime::requestTrap(*caller, std::string(message));
  return nullptr;
}

wasm2obj_error_t* wasm2obj_instance_exit(wasm2obj_instance_t* instance, int32_t status) {
  auto caller = callerOf(*instance);
  if (!caller) return embed::makeError(caller.error());
  runtime::requestExit(*caller, status);
  return nullptr;
}

wasm2obj_error_t* wasm2obj_instance_throw(wasm2obj_instance_t* instance,
                                          const wasm2obj_ref_t* exception) {
  auto caller = callerOf(*instance);
  if (!caller) return embed::makeError(caller.error());
  if (wasm2obj_ref_kind(exception) != WASM2OBJ_REF_EXCEPTION) {
    return embed::makeError("the reference is not to an exception");
  }
  if (exception->store.lock() != embed::storeOfCalled(*instance)) {
    return embed::makeError("the reference is of another instance");
  }
  runtime::requestThrow(*caller, &embed::objectOf(*exception));
  return nullptr;
}
