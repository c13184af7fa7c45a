// Modules that are linked into the program.
#include <fmt/format.h>

#include <map>
#include <mutex>

#include "loader/embed/error.h"
#include "loader/embed/instance.h"
#include "loader/embed/module_of_image.h"
#include "loader/embed/types/value.h"
#include "loader/embed/wasi.h"
#include "loader/linked_image.h"
#include "runtime/abi/abi_hash.h"
#include "runtime/instance/host_func.h"
#include "runtime/instance/store_state.h"
#include "runtime/types/type_registry.h"

struct wasm2obj_linked_t : abi::LinkedModule {};

namespace {

using abi::LinkedImportKind;
using embed::makeError;
using embed::Object;
using Pointers = std::span<const void* const>;
using ModuleResult = base::Result<std::shared_ptr<const runtime::Module>>;

std::span<const abi::LinkedImport> importsOf(const wasm2obj_linked_t& linked) {
  return {linked.imports, linked.importCount};
}

// Fails if the object file was made by another version, which may have other structs. The first
// words of a descriptor are the same in all versions.
base::Result<void> checkVersion(const wasm2obj_linked_t& linked) {
  if (linked.descriptor->magic != abi::kDescriptorMagic) {
    return base::Error{"", "the object file of the module is damaged: make it again"};
  }
  if (linked.descriptor->abiHash != abi::kAbiHash) {
    return base::Error{"",
                       "the object file of the module was made by another version of wasm2obj "
                       "than this libwasmrt: make it and its header again"};
  }
  return {};
}

ModuleResult makeModule(const wasm2obj_linked_t& linked) {
  TRY(checkVersion(linked));
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

// An instantiation of a linked module, step by step.
class LinkedInstantiation {
 public:
  LinkedInstantiation(const wasm2obj_linked_t& linked, const wasm2obj_linked_options_t& options)
      : linked_(linked), options_(options), given_(options.given, options.given_count) {}

  // Finds the module and the store, and defines the imports. Returns an instance that is not
  // complete.
  base::Result<std::unique_ptr<wasm2obj_instance_t>> prepare();
  wasm2obj_error_t* complete(wasm2obj_instance_t& made);

 private:
  base::Result<void> checkHeader() const;
  // Returns the import's row.
  const abi::Import& rowOf(const abi::LinkedImport& import) const {
    return module_->descriptor().imports[static_cast<uint32_t>(import.row)];
  }
  base::Error errorAt(const abi::LinkedImport& import, std::string_view what) const;
  base::Result<runtime::Extern> givenFor(const abi::LinkedImport& import) const;
  base::Result<std::shared_ptr<embed::SharedStore>> chooseStore() const;
  base::Result<std::shared_ptr<embed::SharedStore>> storeGivenFor(
      const abi::LinkedImport& import) const;
  base::Result<void> defineImports(wasm2obj_instance_t& instance);

  const wasm2obj_linked_t& linked_;
  const wasm2obj_linked_options_t& options_;
  Pointers given_;
  std::shared_ptr<const runtime::Module> module_;
  runtime::Linker linker_;
};

base::Result<void> LinkedInstantiation::checkHeader() const {
  TRY(checkVersion(linked_));
  if (options_.interface_hash == linked_.interfaceHash) return {};
  return base::Error{"",
                     "the header and the object file of the module do not fit: make both with "
                     "one call, wasm2obj --emit=obj,header, and compile the program again"};
}

base::Error LinkedInstantiation::errorAt(const abi::LinkedImport& import,
                                         std::string_view what) const {
  const abi::Import& row = rowOf(import);
  return {"", fmt::format("import {}.{} ({}): {}", runtime::toView(row.module),
                          runtime::toView(row.name), runtime::describe(*module_, row), what)};
}

// Returns the store of what is given for an import, or an error.
base::Result<std::shared_ptr<embed::SharedStore>> LinkedInstantiation::storeGivenFor(
    const abi::LinkedImport& import) const {
  const void* pointer = import.given < given_.size() ? given_[import.given] : nullptr;
  if (pointer == nullptr) return errorAt(import, "the program gives none: the pointer is null");
  auto store = import.kind == LinkedImportKind::Object
                   ? static_cast<const Object*>(pointer)->shared.lock()
                   : static_cast<const wasm2obj_instance_t*>(pointer)->shared;
  if (store == nullptr) return errorAt(import, "what the program gives has been deleted");
  return store;
}

base::Result<std::shared_ptr<embed::SharedStore>> LinkedInstantiation::chooseStore() const {
  std::shared_ptr<embed::SharedStore> chosen;
  if (options_.store != nullptr) chosen = options_.store->shared;
  for (const abi::LinkedImport& import : importsOf(linked_)) {
    if (import.kind == LinkedImportKind::Function) continue;
    TRY_ASSIGN(auto store, storeGivenFor(import));
    if (chosen == nullptr) chosen = store;
    if (chosen != store) {
      return errorAt(import,
                     "what the program gives is of another store than the other imports "
                     "or the store that it names: make all of them in one "
                     "wasm2obj_store_t");
    }
  }
  if (chosen == nullptr) {
    return embed::storeOrNew(nullptr, options_.limits);
  }
  if (options_.limits == nullptr) return chosen;
  return base::Error{"",
                     "the imports or the program have chosen a store, which has limits "
                     "already: give null for the limits"};
}

// Returns what is given for an import, which chooseStore() has checked.
base::Result<runtime::Extern> LinkedInstantiation::givenFor(const abi::LinkedImport& import) const {
  const void* pointer = given_[import.given];
  if (import.kind == LinkedImportKind::Object) return static_cast<const Object*>(pointer)->value;
  const runtime::Instance* from = static_cast<const wasm2obj_instance_t*>(pointer)->instance;
  if (from == nullptr)
    return errorAt(import, "the instance that the program gives is not complete");
  auto found = from->exportNamed(runtime::toView(rowOf(import).name));
  if (!found) return errorAt(import, "the instance that the program gives has no such export");
  return *found;
}

// The functions of the program get the instance as their first argument.
base::Result<void> LinkedInstantiation::defineImports(wasm2obj_instance_t& instance) {
  for (const abi::LinkedImport& import : importsOf(linked_)) {
    const abi::Import& row = rowOf(import);
    std::string_view from = runtime::toView(row.module), name = runtime::toView(row.name);
    if (import.kind != LinkedImportKind::Function) {
      TRY_ASSIGN(runtime::Extern value, givenFor(import));
      linker_.define(from, name, std::move(value));
      continue;
    }
    runtime::HostFunction function;
    function.type = runtime::canonicalType(module_->typeId(row.typeIndex)).func;
    function.code = import.code;
    function.env = &instance;
    linker_.define(from, name, std::move(function));
  }
  return {};
}

base::Result<std::unique_ptr<wasm2obj_instance_t>> LinkedInstantiation::prepare() {
  TRY(checkHeader());
  TRY_ASSIGN(module_, moduleOf(linked_));
  TRY_ASSIGN(auto shared, chooseStore());
  auto made = std::make_unique<wasm2obj_instance_t>(std::move(shared));
  made->env = options_.env;
  TRY(defineImports(*made));
  return made;
}

wasm2obj_error_t* LinkedInstantiation::complete(wasm2obj_instance_t& made) {
  static const wasm2obj_wasi_t noCapabilities;
  return embed::instantiate(std::move(module_), std::move(linker_),
                            &(options_.wasi == nullptr ? noCapabilities : *options_.wasi).builder,
                            made);
}

// Makes an object of the type of a row of the imports.
base::Result<runtime::Extern> makeObject(const wasm2obj_linked_t& linked, uint64_t index,
                                         runtime::Store& store, const wasm2obj_value_t* initial) {
  TRY_ASSIGN(auto module, moduleOf(linked));
  const abi::Import& row = module->descriptor().imports[static_cast<uint32_t>(index)];
  wasm2obj_value_t null{};
  null.type = WASM2OBJ_REF;
  auto valueOf = [&](const abi::ValueType& type) {
    return embed::toFitting(initial == nullptr ? null : *initial, type, store);
  };
  switch (row.kind) {
    case abi::ExternKind::Table: {
      abi::TableType type = module->canonical(row.table);
      TRY_ASSIGN(runtime::Value value, valueOf(type.element));
      TRY_ASSIGN(runtime::Table * table, store.createTable(type, value));
      return runtime::Extern(table);
    }
    case abi::ExternKind::Memory: {
      abi::MemoryType type = row.memory;
      type.flags &= abi::kHasMax | abi::kShared | abi::kIndex64;
      TRY_ASSIGN(runtime::Memory * memory, store.createMemory(type));
      return runtime::Extern(memory);
    }
    case abi::ExternKind::Global: {
      abi::GlobalType type = module->canonical(row.global);
      TRY_ASSIGN(runtime::Value value, valueOf(type.value));
      TRY_ASSIGN(runtime::Global * global, store.createGlobal(type, value));
      return runtime::Extern(global);
    }
    case abi::ExternKind::Tag:
      return runtime::Extern(
          store.createTag(runtime::canonicalType(module->typeId(row.typeIndex)).func));
    case abi::ExternKind::Function:
      break;
  }
  return base::Error{"", "the header does not fit the object file"};
}

}  // namespace

wasm2obj_error_t* wasm2obj_linked_instantiate(const wasm2obj_linked_t* linked,
                                              const wasm2obj_linked_options_t* options,
                                              wasm2obj_instance_t** instance) {
  *instance = nullptr;
  LinkedInstantiation instantiation(*linked, *options);
  auto made = instantiation.prepare();
  if (!made) return makeError(made.error());
  *instance = made->get();
  if (wasm2obj_error_t* error = instantiation.complete(**made)) {
    *instance = nullptr;
    embed::discard(std::move(*made));
    return error;
  }
  made->release();
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

void* wasm2obj_linked_object(wasm2obj_instance_t* instance, uint64_t row) {
  if (instance->store == nullptr || instance->instance == nullptr) return nullptr;
  auto index = static_cast<uint32_t>(row);
  if (index >= instance->objects.size()) instance->objects.resize(index + 1);
  std::unique_ptr<Object>& object = instance->objects[index];
  if (object == nullptr) {
    const auto& exports = instance->instance->module().descriptor().exports;
    object = std::make_unique<Object>(
        Object{instance->shared, instance->instance->exported(exports[index]), instance});
  }
  return object.get();
}

wasm2obj_error_t* wasm2obj_linked_make(const wasm2obj_linked_t* linked, uint64_t row,
                                       wasm2obj_store_t* store, const wasm2obj_value_t* initial,
                                       void** object) {
  auto made = makeObject(*linked, row, store->shared->store(), initial);
  if (!made) return makeError(made.error());
  *object = store->shared->add(std::make_unique<Object>(Object{store->shared, *std::move(made)}));
  return nullptr;
}
