// wasm2obj_linker_t, and calls of functions of the program.
#include "runtime/linker.h"

#include <fmt/format.h>

#include "loader/embed/error.h"
#include "loader/embed/instance.h"
#include "loader/embed/module.h"
#include "loader/embed/typed/func_type.h"
#include "loader/embed/wasi.h"
#include "loader/embed/wasm2obj_linker.h"
#include "runtime/instance/host_func.h"
#include "wasi/calls/add_to_linker.h"

using embed::makeError;
using runtime::Caller;

struct wasm2obj_linker_t {
  runtime::Linker linker;
  bool trapsUnknown = false;
  // Of the instances that have been defined; null if there is none.
  std::shared_ptr<embed::SharedStore> shared;
};

namespace {

Caller& callerOf(wasm2obj_caller_t* caller) { return *reinterpret_cast<Caller*>(caller); }
const Caller& callerOf(const wasm2obj_caller_t* caller) {
  return *reinterpret_cast<const Caller*>(caller);
}

// Called with the parameters of any type, which it ignores. What it seems to return is ignored.
void trapUnknown(Caller* caller) {
  requestTrap(*caller, fmt::format("unknown import {} was called",
                                   *static_cast<const std::string*>(caller->env)));
}

// Defines a function that traps for each one that is neither defined nor, if `hasWasi`, of WASI.
void trapUnknownIn(runtime::Linker& linker, embed::SharedStore& shared, bool hasWasi) {
  runtime::Linker defined = linker;
  linker.defineMissing([defined, hasWasi, &shared](std::string_view module, std::string_view name,
                                                   const runtime::FuncType& type) {
    std::optional<runtime::HostFunction> made;
    if (hasWasi && wasi::isModule(module)) return made;
    // A definition of another type is an error.
    if (defined.find(module, name)) return made;
    const std::string& text = shared.keep(fmt::format("{}.{}", module, name));
    made = {type, reinterpret_cast<void*>(&trapUnknown), const_cast<std::string*>(&text)};
    return made;
  });
}

}  // namespace

void* wasm2obj_caller_env(const wasm2obj_caller_t* caller) { return callerOf(caller).env; }

void* wasm2obj_caller_memory(const wasm2obj_caller_t* caller, size_t* size) {
  runtime::MemoryView memory = runtime::callerMemory(callerOf(caller));
  *size = memory.size;
  return memory.base;
}

wasm2obj_slot_t* wasm2obj_caller_results(const wasm2obj_caller_t* caller) {
  return reinterpret_cast<wasm2obj_slot_t*>(callerOf(caller).state->results);
}

void wasm2obj_caller_trap(wasm2obj_caller_t* caller, const char* message) {
  requestTrap(callerOf(caller), message);
}

void wasm2obj_caller_exit(wasm2obj_caller_t* caller, int32_t status) {
  requestExit(callerOf(caller), status);
}

wasm2obj_linker_t* wasm2obj_linker_new() { return new wasm2obj_linker_t; }

void wasm2obj_linker_delete(wasm2obj_linker_t* linker) { delete linker; }

wasm2obj_error_t* wasm2obj_linker_func(wasm2obj_linker_t* linker, const char* module,
                                       const char* name, const char* type, wasm2obj_code_t code,
                                       void* env) {
  auto parsed = embed::parseFuncType(type);
  if (!parsed) return makeError(fmt::format("{}.{}: {}", module, name, parsed.error().text()));
  linker->linker.define(
      module, name, runtime::HostFunction{std::move(*parsed), reinterpret_cast<void*>(code), env});
  return nullptr;
}

wasm2obj_error_t* wasm2obj_linker_instance(wasm2obj_linker_t* linker, const char* module,
                                           const wasm2obj_instance_t* instance) {
  if (auto usable = embed::checkUsable(*instance); !usable) return makeError(usable.error());
  if (linker->shared != nullptr && linker->shared != instance->shared) {
    return makeError("the linker has an instance of another store");
  }
  linker->shared = instance->shared;
  linker->linker.defineInstance(module, *instance->instance);
  return nullptr;
}

void wasm2obj_linker_trap_unknown(wasm2obj_linker_t* linker) { linker->trapsUnknown = true; }

wasm2obj_error_t* wasm2obj_linker_instantiate(const wasm2obj_linker_t* linker,
                                              const wasm2obj_module_t* module,
                                              const wasm2obj_wasi_t* wasi,
                                              const wasm2obj_limits_t* limits,
                                              wasm2obj_instance_t** instance) {
  auto shared = linker->shared;
  if (shared == nullptr) {
    shared = std::make_shared<embed::SharedStore>(limits == nullptr ? runtime::Limits()
                                                                    : limits->limits);
  }
  auto made = std::make_unique<wasm2obj_instance_t>(shared);
  if (auto usable = embed::checkUsable(*made); !usable) return makeError(usable.error());
  runtime::Linker definitions = linker->linker;
  if (linker->trapsUnknown) trapUnknownIn(definitions, *shared, wasi != nullptr);
  shared.reset();
  const wasi::ContextBuilder* builder = wasi == nullptr ? nullptr : &wasi->builder;
  wasm2obj_error_t* error =
      embed::instantiate(module->module, std::move(definitions), builder, *made);
  if (error != nullptr) {
    embed::discard(std::move(made));
    return error;
  }
  *instance = made.release();
  return nullptr;
}
