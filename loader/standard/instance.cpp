// Instances of modules.
#include <fmt/format.h>

#include <memory>
#include <span>
#include <vector>

#include "loader/standard/last_error.h"
#include "loader/standard/module.h"
#include "loader/standard/trap.h"

namespace standard {
namespace {

// Returns the imports for the runtime, which checks their number, types and stores.
base::Result<std::vector<runtime::Extern>> importsOf(const wasm_extern_vec_t* given) {
  std::vector<runtime::Extern> imports;
  size_t count = given == nullptr ? 0 : given->size;
  for (size_t i = 0; i < count; ++i) {
    const wasm_extern_t* import = given->data[i];
    if (import == nullptr) return base::Error{"", fmt::format("import {} is null", i)};
    if (import->owner->store() == nullptr) {
      return base::Error{"", fmt::format("the store of import {} has been deleted", i)};
    }
    imports.push_back(import->value);
  }
  return imports;
}

// Returns the new instance, or null and a trap.
wasm_instance_t* instantiate(const Entry& entry, const wasm_module_t& module,
                             const wasm_extern_vec_t* given, std::unique_ptr<wasm_trap_t>& trap) {
  const auto& owner = entry.owner();
  auto imports = importsOf(given);
  if (!imports) {
    trap.reset(newTrap(owner, imports.error().text()));
    return nullptr;
  }
  std::shared_ptr<InstanceUse> use;
  // From now on functions of the program may be called, and see the instance in frames.
  auto published = [&](runtime::Instance& instance) {
    use = std::make_shared<InstanceUse>(owner, instance);
    owner->instances[instance.context()] = use;
  };
  auto outcome = entry->instantiate(module.record->loaded.module, *imports, published);
  if (outcome) return new wasm_instance_t(owner, std::move(use));
  trap.reset(newTrap(entry, outcome.error()));
  if (use != nullptr) use->abandon();
  return nullptr;
}

base::Result<Entry> enterFor(const wasm_store_t* store, const wasm_module_t* module) {
  if (module == nullptr) return base::Error{"", "the module is null"};
  return enter(store);
}

}  // namespace
}  // namespace standard

wasm_instance_t* wasm_instance_new(wasm_store_t* store, const wasm_module_t* module,
                                   const wasm_extern_vec_t* imports, wasm_trap_t** trapOut) {
  std::unique_ptr<wasm_trap_t> trap;
  wasm_instance_t* instance = nullptr;
  if (auto entry = standard::enterFor(store, module)) {
    instance = standard::instantiate(*entry, *module, imports, trap);
  } else {
    trap.reset(standard::newTrap(store == nullptr ? nullptr : store->owner, entry.error().text()));
  }
  if (trap != nullptr) standard::setLastError(trap->record->trap.text());
  if (trapOut != nullptr) *trapOut = trap.release();
  return instance;
}

void wasm_instance_exports(const wasm_instance_t* ref, wasm_extern_vec_t* out) {
  auto entry = standard::enter(ref);
  const runtime::Instance* instance = entry ? ref->use->instance() : nullptr;
  if (instance == nullptr) return wasm_extern_vec_new_empty(out);
  const auto& exports = instance->module().descriptor().exports;
  wasm_extern_vec_new_uninitialized(out, exports.count);
  for (uint32_t i = 0; out != nullptr && i < out->size; ++i) {
    out->data[i] = standard::newExtern(ref->owner, instance->exported(exports[i]), ref->use);
  }
}
