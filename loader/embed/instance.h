// The implementation of wasm2obj_instance_t.
#pragma once

#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "loader/embed/limits/limits.h"
#include "loader/embed/store.h"
#include "loader/embed/typed/func.h"
#include "loader/embed/wasm2obj.h"
#include "runtime/linker.h"
#include "runtime/store.h"
#include "wasi/context.h"

namespace embed {

// What the functions of a program use, for as long as instances import them.
using Environments = std::vector<std::shared_ptr<const void>>;

}  // namespace embed

struct wasm2obj_instance_t {
  explicit wasm2obj_instance_t(const runtime::StoreOptions& options)
      : wasm2obj_instance_t(std::make_shared<embed::SharedStore>(options)) {}
  explicit wasm2obj_instance_t(std::shared_ptr<embed::SharedStore> given)
      : shared(std::move(given)), store(embed::storeOf(shared)) {}

  // Destroyed after the store, whose host functions use both. Null if the guest does not use WASI,
  // or if no linker has made the instance.
  std::unique_ptr<wasi::Context> context;
  std::shared_ptr<const embed::Environments> environments;
  // Of this instance alone, or of several. Null once the program has deleted the instance.
  std::shared_ptr<embed::SharedStore> shared;
  // That of `shared`, and owned with it. References know by it whether it is deleted.
  std::shared_ptr<runtime::Store> store;
  // Of an instance that the program has deleted: the store, which keeps it.
  embed::SharedStore* keeper = nullptr;
  // How many Pins it has.
  size_t pins = 0;
  // Null before guest code can run.
  runtime::Instance* instance = nullptr;
  // By the row of the export; null or missing if the program has not asked for the object.
  std::vector<std::unique_ptr<embed::Object>> objects;
  std::vector<std::unique_ptr<wasm2obj_func_t>> funcs;  // those that the program has asked for
  void* env = nullptr;                                  // of the program
  wasm2obj_on_error_t onError = nullptr;                // null: the error ends the program
};

namespace embed {

// Instantiates a module with the imports of `linker`, WASI unless `wasi` is null, and the string
// builtins, and calls its _initialize. If it fails, the caller passes `made` to discard().
wasm2obj_error_t* instantiate(std::shared_ptr<const runtime::Module> module, runtime::Linker linker,
                              const wasi::ContextBuilder* wasi, wasm2obj_instance_t& made);
// Does the same with imports that have been found.
wasm2obj_error_t* instantiate(std::shared_ptr<const runtime::Module> module,
                              std::span<const runtime::Extern> imports, wasm2obj_instance_t& made);

// Returns the store of `shared`, or a new one with these limits, null for the default ones.
std::shared_ptr<SharedStore> storeOrNew(std::shared_ptr<SharedStore> shared,
                                        const wasm2obj_limits_t* limits);

// Fails if the program has deleted the instance, or if a finalizer of its store is running.
base::Result<void> checkUsable(const wasm2obj_instance_t& instance);

// Returns the store of an instance of which a function of the program has been called. The program
// may have deleted the instance, but guests use it.
std::shared_ptr<runtime::Store> storeOfCalled(const wasm2obj_instance_t& instance);

// Ends the program's use of an instance, also of one that has not become complete.
void discard(std::unique_ptr<wasm2obj_instance_t> instance);

}  // namespace embed
