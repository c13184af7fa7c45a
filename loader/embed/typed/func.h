// The implementation of wasm2obj_func_t.
#pragma once

#include "runtime/instance/func.h"
#include "runtime/store.h"

struct wasm2obj_func_t {
  runtime::Func function;
  // That of the instance, which owns this function.
  const std::shared_ptr<runtime::Store>& store;
};
