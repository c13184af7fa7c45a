#include "loader/embed/limits/limits.h"

namespace embed {

std::shared_ptr<runtime::Account> newAccount(const wasm2obj_limits_t* limits) {
  if (limits == nullptr) return std::make_shared<runtime::Account>(runtime::Limits());
  return std::make_shared<runtime::Account>(limits->limits, limits->outer);
}

runtime::StoreOptions storeOptions(const wasm2obj_limits_t* limits) {
  if (limits == nullptr) return {};
  return {.limits = limits->limits, .account = newAccount(limits)};
}

}  // namespace embed

wasm2obj_limits_t* wasm2obj_limits_new() { return new wasm2obj_limits_t; }

void wasm2obj_limits_delete(wasm2obj_limits_t* limits) { delete limits; }

void wasm2obj_limits_set(wasm2obj_limits_t* limits, wasm2obj_limit_t which, uint64_t value) {
  switch (which) {
    case WASM2OBJ_LIMIT_MEMORY_BYTES:
      limits->limits.memoryBytes = value;
      break;
    case WASM2OBJ_LIMIT_TABLE_ELEMENTS:
      limits->limits.tableElements = value;
      break;
    case WASM2OBJ_LIMIT_HOST_BYTES:
      limits->limits.hostBytes = value;
      break;
    case WASM2OBJ_LIMIT_HEAP_BYTES:
      limits->limits.heapBytes = value;
      break;
    case WASM2OBJ_LIMIT_CALL_NANOSECONDS:
      limits->limits.callNanoseconds = value;
      break;
  }
}

wasm2obj_account_t* wasm2obj_account_new(const wasm2obj_limits_t* limits) {
  return new wasm2obj_account_t{embed::newAccount(limits)};
}

void wasm2obj_account_delete(wasm2obj_account_t* account) { delete account; }

void wasm2obj_limits_set_account(wasm2obj_limits_t* limits, const wasm2obj_account_t* account) {
  limits->outer = account == nullptr ? nullptr : account->account;
}
