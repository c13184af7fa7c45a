// wasm2obj_linker_t: definitions, and instances with them.
#include "loader/embed/typed/linker.h"

#include <fmt/format.h>

#include "loader/embed/error.h"
#include "loader/embed/module.h"
#include "loader/embed/objects/open_object.h"
#include "loader/embed/ref.h"
#include "loader/embed/typed/callback.h"
#include "loader/embed/typed/pin.h"
#include "loader/embed/types/func_type.h"
#include "loader/embed/wasi.h"
#include "runtime/instance/host_func.h"
#include "wasi/calls/add_to_linker.h"

using embed::makeError;

void wasm2obj_linker_t::define(const char* module, const char* name, runtime::Extern value,
                               Owned environment, Owned pin) {
  linker.define(module, name, std::move(value));
  auto keep = [&](std::map<Name, Owned>& all, Owned owned) {
    all.erase({module, name});
    if (owned != nullptr) all.emplace(Name(module, name), std::move(owned));
  };
  keep(environments, std::move(environment));
  keep(pins, std::move(pin));
}

base::Result<void> wasm2obj_linker_t::join(const std::shared_ptr<embed::SharedStore>& store) {
  if (shared != nullptr && shared != store) {
    return base::Error{"", "the linker has an instance or an object of another store"};
  }
  shared = store;
  return {};
}

namespace {

// What a function of the program uses, which may be null.
struct Environment {
  Environment(void* ofProgram, void (*atEnd)(void* env)) : env(ofProgram), finish(atEnd) {}
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;
  ~Environment() { finish(env); }

  void* env;
  void (*finish)(void* env);
};

// Called with the parameters of any type, which it ignores. What it seems to return is ignored.
void trapUnknown(runtime::Caller* caller) {
  requestTrap(*caller, fmt::format("unknown import {} was called",
                                   *static_cast<const std::string*>(caller->env)));
}

// Defines a function that traps for each one that is neither defined nor, if `hasWasi`, of WASI.
// The linker adds the names of those to `environments`.
void trapUnknownIn(runtime::Linker& linker, std::shared_ptr<embed::Environments> environments,
                   bool hasWasi) {
  runtime::Linker defined = linker;
  linker.defineMissing(
      [defined, hasWasi, environments = std::move(environments)](
          std::string_view module, std::string_view name, const runtime::FuncType& type) {
        std::optional<runtime::HostFunction> made;
        if (hasWasi && wasi::isModule(module)) return made;
        // A definition of another type is an error.
        if (defined.find(module, name)) return made;
        auto text = std::make_shared<std::string>(fmt::format("{}.{}", module, name));
        made = {type, reinterpret_cast<void*>(&trapUnknown), text.get()};
        environments->push_back(std::move(text));
        return made;
      });
}

// Defines an object, which may be null.
wasm2obj_error_t* defineObject(wasm2obj_linker_t& linker, const char* module, const char* name,
                               const void* handle) {
  auto checked = embed::checkObject(handle);
  if (!checked) return makeError(checked.error());
  const embed::Object& object = **checked;
  auto shared = object.shared.lock();
  if (auto joined = linker.join(shared); !joined) return makeError(joined.error());
  std::shared_ptr<const embed::Pin> pin;
  if (object.exporter != nullptr) {
    pin = std::make_shared<const embed::Pin>(std::move(shared), *object.exporter);
  }
  linker.define(module, name, object.value, nullptr, std::move(pin));
  return nullptr;
}

base::Result<void> defineRef(wasm2obj_linker_t& linker, const char* module, const char* name,
                             const wasm2obj_ref_t* ref) {
  if (wasm2obj_ref_kind(ref) != WASM2OBJ_REF_FUNC) {
    return base::Error{"", "the reference is not to a function"};
  }
  TRY_ASSIGN(auto store, embed::storeOf(*ref));
  TRY(linker.join(embed::sharedOf(*store)));
  auto function = store->function(reinterpret_cast<abi::FuncRef*>(ref->word()));
  std::shared_ptr<const wasm2obj_ref_t> pin(wasm2obj_ref_new_copy(ref));
  linker.define(module, name, function, nullptr, std::move(pin));
  return {};
}

}  // namespace

embed::Definitions embed::definitionsOf(const wasm2obj_linker_t& linker, bool hasWasi) {
  auto environments = std::make_shared<Environments>(linker.kept);
  for (const auto& [name, environment] : linker.environments) environments->push_back(environment);
  Definitions definitions{linker.linker, environments};
  if (linker.trapsUnknown) trapUnknownIn(definitions.linker, std::move(environments), hasWasi);
  return definitions;
}

wasm2obj_linker_t* wasm2obj_linker_new() { return new wasm2obj_linker_t; }

void wasm2obj_linker_delete(wasm2obj_linker_t* linker) { delete linker; }

wasm2obj_error_t* wasm2obj_linker_func(wasm2obj_linker_t* linker, const char* module,
                                       const char* name, const char* type, wasm2obj_code_t code,
                                       void* env) {
  auto parsed = embed::parseFuncType(type, embed::Letters::Numbers);
  if (!parsed) return makeError(fmt::format("{}.{}: {}", module, name, parsed.error().text()));
  runtime::HostFunction function{std::move(*parsed), reinterpret_cast<void*>(code), env};
  linker->define(module, name, std::move(function), nullptr, nullptr);
  return nullptr;
}

wasm2obj_error_t* wasm2obj_linker_callback(wasm2obj_linker_t* linker, const char* module,
                                           const char* name, const char* type,
                                           wasm2obj_callback_t code, void* env,
                                           void (*finish)(void* env)) {
  runtime::HostFunction function = embed::callbackFunction(code, env);
  if (type != nullptr) {
    auto parsed = embed::parseFuncType(type, embed::Letters::All);
    if (!parsed) return makeError(fmt::format("{}.{}: {}", module, name, parsed.error().text()));
    function.type = std::move(*parsed);
    function.isOfAnyType = false;
  }
  std::shared_ptr<const Environment> environment;
  if (finish != nullptr) environment = std::make_shared<const Environment>(env, finish);
  linker->define(module, name, std::move(function), std::move(environment), nullptr);
  return nullptr;
}

void wasm2obj_linker_keep(wasm2obj_linker_t* linker, void* env, void (*finish)(void* env)) {
  linker->kept.push_back(std::make_shared<const Environment>(env, finish));
}

wasm2obj_error_t* wasm2obj_linker_store(wasm2obj_linker_t* linker, const wasm2obj_store_t* store) {
  auto joined = linker->join(store->shared);
  return joined ? nullptr : makeError(joined.error());
}

wasm2obj_error_t* wasm2obj_linker_memory(wasm2obj_linker_t* linker, const char* module,
                                         const char* name, const wasm2obj_memory_t* memory) {
  return defineObject(*linker, module, name, memory);
}

wasm2obj_error_t* wasm2obj_linker_table(wasm2obj_linker_t* linker, const char* module,
                                        const char* name, const wasm2obj_table_t* table) {
  return defineObject(*linker, module, name, table);
}

wasm2obj_error_t* wasm2obj_linker_global(wasm2obj_linker_t* linker, const char* module,
                                         const char* name, const wasm2obj_global_t* global) {
  return defineObject(*linker, module, name, global);
}

wasm2obj_error_t* wasm2obj_linker_tag(wasm2obj_linker_t* linker, const char* module,
                                      const char* name, const wasm2obj_tag_t* tag) {
  return defineObject(*linker, module, name, tag);
}

wasm2obj_error_t* wasm2obj_linker_ref(wasm2obj_linker_t* linker, const char* module,
                                      const char* name, const wasm2obj_ref_t* ref) {
  auto defined = defineRef(*linker, module, name, ref);
  return defined ? nullptr : makeError(defined.error());
}

wasm2obj_error_t* wasm2obj_linker_instance(wasm2obj_linker_t* linker, const char* module,
                                           const wasm2obj_instance_t* instance) {
  if (auto usable = embed::checkUsable(*instance); !usable) return makeError(usable.error());
  if (auto joined = linker->join(instance->shared); !joined) return makeError(joined.error());
  linker->linker.defineInstance(module, *instance->instance);
  linker->instancePins.push_back(std::make_shared<const embed::Pin>(
      instance->shared, const_cast<wasm2obj_instance_t&>(*instance)));
  return nullptr;
}

void wasm2obj_linker_trap_unknown(wasm2obj_linker_t* linker) { linker->trapsUnknown = true; }

wasm2obj_error_t* wasm2obj_linker_instantiate(const wasm2obj_linker_t* linker,
                                              const wasm2obj_module_t* module,
                                              const wasm2obj_wasi_t* wasi,
                                              const wasm2obj_limits_t* limits,
                                              wasm2obj_instance_t** instance) {
  auto made = std::make_unique<wasm2obj_instance_t>(embed::storeOrNew(linker->shared, limits));
  if (auto usable = embed::checkUsable(*made); !usable) return makeError(usable.error());
  embed::Definitions definitions = embed::definitionsOf(*linker, wasi != nullptr);
  made->environments = definitions.environments;
  const wasi::ContextBuilder* builder = wasi == nullptr ? nullptr : &wasi->builder;
  wasm2obj_error_t* error =
      embed::instantiate(module->module, std::move(definitions.linker), builder, *made);
  if (error != nullptr) {
    embed::discard(std::move(made));
    return error;
  }
  *instance = made.release();
  return nullptr;
}
