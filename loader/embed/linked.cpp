// Modules that are linked into the program.
#include <fmt/format.h>

#include <cstdlib>
#include <map>
#include <mutex>

#include "loader/embed/error.h"
#include "loader/embed/instance.h"
#include "loader/embed/module_of_image.h"
#include "loader/embed/wasi.h"
#include "loader/linked_image.h"
#include "runtime/instance/host_func.h"
#include "runtime/types/type_registry.h"

struct wasm2obj_linked_t : abi::LinkedModule {};

namespace {

using embed::makeError;
using ModuleResult = base::Result<std::shared_ptr<const runtime::Module>>;

ModuleResult makeModule(const wasm2obj_linked_t& linked) {
  TRY_ASSIGN(loader::LinkedImage image, loader::openLinked(linked));
  return embed::moduleOf(image);
}

// Returns the module, which is made once while it has instances: its code can be registered once.
// Thread-safe.
ModuleResult moduleOf(const wasm2obj_linked_t& linked) {
  static std::mutex mutex;
  static std::map<const wasm2obj_linked_t*, std::weak_ptr<const runtime::Module>> modules;
  std::lock_guard lock(mutex);
  std::weak_ptr<const runtime::Module>& known = modules[&linked];
  if (auto module = known.lock()) return module;
  TRY_ASSIGN(std::shared_ptr<const runtime::Module> module, makeModule(linked));
  known = module;
  return module;
}

// Defines the functions of the program, which get the instance as their first argument.
void defineImports(runtime::Linker& linker, const runtime::Module& module,
                   const wasm2obj_linked_t& linked, wasm2obj_instance_t& instance) {
  for (const abi::LinkedImport& import : std::span(linked.imports, linked.importCount)) {
    const abi::Import& row = module.descriptor().imports[static_cast<uint32_t>(import.row)];
    runtime::HostFunction function;
    function.type = runtime::canonicalType(module.typeId(row.typeIndex)).func;
    function.code = import.code;
    function.env = &instance;
    linker.define(runtime::toView(row.module), runtime::toView(row.name), std::move(function));
  }
}

}  // namespace

wasm2obj_error_t* wasm2obj_linked_new(const wasm2obj_linked_t* linked, const wasm2obj_wasi_t* wasi,
                                      const wasm2obj_limits_t* limits, void* env,
                                      wasm2obj_instance_t** instance) {
  *instance = nullptr;
  auto module = moduleOf(*linked);
  if (!module) return makeError(module.error());
  static const wasm2obj_wasi_t noCapabilities;
  auto made =
      std::make_unique<wasm2obj_instance_t>(limits == nullptr ? runtime::Limits() : limits->limits);
  made->env = env;
  runtime::Linker linker;
  defineImports(linker, **module, *linked, *made);
  *instance = made.get();
  if (wasm2obj_error_t* error =
          embed::instantiate(std::move(*module), std::move(linker),
                             (wasi == nullptr ? noCapabilities : *wasi).builder, *made)) {
    *instance = nullptr;
    return error;
  }
  made.release();
  return nullptr;
}

wasm2obj_error_t* wasm2obj_linked_pool(const wasm2obj_linked_t* linked, size_t instances) {
  static std::mutex mutex;
  static std::map<const wasm2obj_linked_t*, std::shared_ptr<const runtime::Module>> pooled;
  auto module = moduleOf(*linked);
  if (!module) return makeError(module.error());
  (*module)->setPoolSize(instances);
  std::lock_guard lock(mutex);
  if (instances == 0) {
    pooled.erase(linked);
  } else {
    pooled[linked] = std::move(*module);
  }
  return nullptr;
}

void* wasm2obj_instance_env(const wasm2obj_instance_t* instance) { return instance->env; }

void wasm2obj_instance_on_error(wasm2obj_instance_t* instance, wasm2obj_on_error_t handler) {
  instance->onError = handler;
}

wasm2obj_error_t* wasm2obj_linked_call(wasm2obj_instance_t* instance, uint64_t row, void* slots) {
  if (auto usable = embed::checkNotFinalizing(*instance->store); !usable) {
    return makeError(usable.error());
  }
  if (instance->instance == nullptr) return makeError("the instance is not complete");
  const auto& exports = instance->instance->module().descriptor().exports;
  auto function =
      std::get<runtime::Func>(instance->instance->exported(exports[static_cast<uint32_t>(row)]));
  auto outcome = function.callSlots(static_cast<abi::Slot*>(slots));
  return outcome ? nullptr : makeError(runtime::Failure(outcome.error()), instance->store);
}

void wasm2obj_linked_failed(wasm2obj_instance_t* instance, wasm2obj_error_t* error) {
  if (instance->onError != nullptr) return instance->onError(instance, error);
  fmt::print(stderr, "{}\n", wasm2obj_error_text(error));
  std::abort();
}
