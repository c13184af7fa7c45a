// The implementation of wasm2obj_module_t.
#pragma once

#include <memory>

#include "runtime/module/module.h"

struct wasm2obj_module_t {
  std::shared_ptr<const runtime::Module> module;
};
