// The implementation of wasm2obj_instance_t.
#pragma once

#include <memory>
#include <utility>

#include "loader/embed/wasm2obj.h"
#include "runtime/linker.h"
#include "runtime/store.h"
#include "wasi/context.h"

struct wasm2obj_instance_t {
  explicit wasm2obj_instance_t(const runtime::Limits& limits)
      : store(std::make_shared<runtime::Store>(runtime::StoreOptions{.limits = limits})) {}

  // Destroyed after the store, whose host functions use it. Null if the guest does not use WASI.
  std::unique_ptr<wasi::Context> context;
  // Of this instance alone, which is the only owner. References know by it whether it is deleted.
  std::shared_ptr<runtime::Store> store;
  runtime::Instance* instance = nullptr;
  void* env = nullptr;                    // of the program
  wasm2obj_on_error_t onError = nullptr;  // null: the error ends the program
};

// The implementation of wasm2obj_limits_t.
struct wasm2obj_limits_t {
  runtime::Limits limits;
};

namespace embed {

// Instantiates a module with the imports of `linker`, WASI and the string builtins, and calls its
// _initialize. If it fails, the caller destroys `made`.
wasm2obj_error_t* instantiate(std::shared_ptr<const runtime::Module> module, runtime::Linker linker,
                              const wasi::ContextBuilder& wasi, wasm2obj_instance_t& made);

}  // namespace embed
