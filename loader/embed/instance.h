// The implementation of wasm2obj_instance_t.
#pragma once

#include <memory>
#include <utility>

#include "runtime/store.h"
#include "wasi/context.h"

struct wasm2obj_instance_t {
  wasm2obj_instance_t(std::unique_ptr<wasi::Context> wasi, const runtime::Limits& limits)
      : context(std::move(wasi)),
        store(std::make_shared<runtime::Store>(runtime::StoreOptions{.limits = limits})) {}

  std::unique_ptr<wasi::Context> context;  // destroyed after the store, whose host functions use it
  // Of this instance alone, which is the only owner. References know by it whether it is deleted.
  std::shared_ptr<runtime::Store> store;
  runtime::Instance* instance = nullptr;
};
