#include "loader/embed/instance.h"

#include "loader/embed/error.h"
#include "loader/embed/keys.h"
#include "loader/embed/module.h"
#include "loader/embed/module_of_image.h"
#include "loader/embed/wasi.h"
#include "loader/embed/wasm2obj.h"
#include "runtime/instance/memory.h"
#include "runtime/linker.h"
#include "runtime/strings/add_to_linker.h"
#include "wasi/calls/add_to_linker.h"
#include "wasi/entry_points.h"

namespace {

using embed::makeError;

constexpr char kNoKeys[] = "there are no keys, so no module may be loaded";
// How often an instance counts as an owner of its store: by `shared` and `store`.
constexpr long kOwnUses = 2;

// Makes a module of a loaded image, or returns the error.
wasm2obj_error_t* openImage(base::Result<std::shared_ptr<loader::Image>> image,
                            wasm2obj_module_t** result) {
  if (!image) return makeError(image.error());
  auto module = embed::moduleOf(*image);
  if (!module) return makeError(module.error());
  *result = new wasm2obj_module_t(*std::move(module), *std::move(image));
  return nullptr;
}

// Returns what connects an instance with that of the runtime before code of the guest runs.
runtime::Store::Published publishedAs(wasm2obj_instance_t& made) {
  return [&made](runtime::Instance& published) {
    made.instance = &published;
    published.setEnv(&made);
  };
}

// Ends an instantiation.
wasm2obj_error_t* complete(const runtime::Expected<runtime::Instance*, runtime::Failure>& outcome,
                           const wasm2obj_instance_t& made) {
  if (!outcome) return makeError(outcome.error(), made.store);
  auto initialized = wasi::initialize(*made.instance);
  return initialized ? nullptr : makeError(initialized.error(), made.store);
}

}  // namespace

namespace embed {

wasm2obj_error_t* instantiate(std::shared_ptr<const runtime::Module> module, runtime::Linker linker,
                              const wasi::ContextBuilder* wasi, wasm2obj_instance_t& made) {
  // Making a context takes longer than making an instance without one.
  if (wasi != nullptr && wasi::importsWasi(*module)) {
    auto context = wasi->build();
    if (!context) return makeError(context.error());
    made.context = std::move(*context);
    wasi::addToLinker(linker, *made.context);
  }
  strings::addToLinker(linker);
  return complete(linker.instantiate(*made.store, std::move(module), publishedAs(made)), made);
}

wasm2obj_error_t* instantiate(std::shared_ptr<const runtime::Module> module,
                              std::span<const runtime::Extern> imports, wasm2obj_instance_t& made) {
  return complete(made.store->instantiate(std::move(module), imports, publishedAs(made)), made);
}

std::shared_ptr<SharedStore> storeOrNew(std::shared_ptr<SharedStore> shared,
                                        const wasm2obj_limits_t* limits) {
  if (shared != nullptr) return shared;
  return std::make_shared<SharedStore>(storeOptions(limits));
}

base::Result<void> checkUsable(const wasm2obj_instance_t& instance) {
  if (instance.store == nullptr) return base::Error{"", "the instance has been deleted"};
  return checkNotFinalizing(*instance.store);
}

std::shared_ptr<runtime::Store> storeOfCalled(const wasm2obj_instance_t& instance) {
  if (instance.keeper == nullptr) return instance.store;
  return storeOf(instance.keeper->shared_from_this());
}

void discard(std::unique_ptr<wasm2obj_instance_t> instance) {
  // If no other instance and no wasm2obj_store_t has the store, it ends with the instance. Nothing
  // refers to an instance without published functions. Of others, instances of the store may call
  // functions that need them.
  if (instance->shared.use_count() == kOwnUses || instance->instance == nullptr) return;
  std::shared_ptr<SharedStore> shared = instance->shared;
  shared->retire(std::move(instance));
}

}  // namespace embed

wasm2obj_error_t* wasm2obj_module_open(const char* path, wasm2obj_module_t** module) {
  return openImage(loader::Image::open(path), module);
}

wasm2obj_error_t* wasm2obj_module_open_bytes(const void* bytes, size_t size,
                                             wasm2obj_module_t** module) {
  base::ByteView view(static_cast<const uint8_t*>(bytes), size);
  return openImage(loader::Image::fromMemory(view, "the module"), module);
}

wasm2obj_error_t* wasm2obj_module_open_signed(const char* path, const wasm2obj_keys_t* keys,
                                              wasm2obj_module_t** module) {
  if (keys->keys.empty()) return makeError(kNoKeys);
  return openImage(loader::Image::open(path, keys->keys), module);
}

wasm2obj_error_t* wasm2obj_module_open_signed_bytes(const void* bytes, size_t size,
                                                    const wasm2obj_keys_t* keys,
                                                    wasm2obj_module_t** module) {
  if (keys->keys.empty()) return makeError(kNoKeys);
  base::ByteView view(static_cast<const uint8_t*>(bytes), size);
  return openImage(loader::Image::fromMemory(view, "the module", keys->keys), module);
}

void wasm2obj_module_delete(wasm2obj_module_t* module) { delete module; }

void wasm2obj_module_pool(const wasm2obj_module_t* module, size_t instances) {
  module->module->setPoolSize(instances);
}

wasm2obj_error_t* wasm2obj_instance_new(const wasm2obj_module_t* module,
                                        const wasm2obj_wasi_t* wasi,
                                        wasm2obj_instance_t** instance) {
  return wasm2obj_instance_new_limited(module, wasi, nullptr, instance);
}

wasm2obj_error_t* wasm2obj_instance_new_limited(const wasm2obj_module_t* module,
                                                const wasm2obj_wasi_t* wasi,
                                                const wasm2obj_limits_t* limits,
                                                wasm2obj_instance_t** instance) {
  // Each instance has a store of its own, so that the limits apply to it alone.
  auto made = std::make_unique<wasm2obj_instance_t>(embed::storeOptions(limits));
  if (wasm2obj_error_t* error = embed::instantiate(module->module, {}, &wasi->builder, *made)) {
    embed::discard(std::move(made));
    return error;
  }
  *instance = made.release();
  return nullptr;
}

void wasm2obj_instance_interrupt(wasm2obj_instance_t* instance) {
  if (instance->store != nullptr) instance->store->interrupt();
}

void wasm2obj_instance_time_limit(wasm2obj_instance_t* instance, uint64_t nanoseconds) {
  if (instance->store != nullptr) instance->store->setTimeLimit(nanoseconds);
}

void wasm2obj_instance_delete(wasm2obj_instance_t* instance) {
  if (instance != nullptr) embed::discard(std::unique_ptr<wasm2obj_instance_t>(instance));
}

wasm2obj_error_t* wasm2obj_instance_run(wasm2obj_instance_t* instance, int32_t* exitStatus) {
  if (!wasi::isCommand(*instance->instance)) {
    return makeError(std::string("no function '") + wasi::kStart + "' is exported");
  }
  if (auto usable = embed::checkUsable(*instance); !usable) return makeError(usable.error());
  auto status = wasi::runCommand(*instance->instance);
  if (!status) return makeError(status.error(), instance->store);
  *exitStatus = *status;
  return nullptr;
}

wasm2obj_error_t* wasm2obj_instance_collect(wasm2obj_instance_t* instance) {
  if (auto usable = embed::checkUsable(*instance); !usable) return makeError(usable.error());
  instance->store->collectGarbage();
  return nullptr;
}

void* wasm2obj_instance_memory(wasm2obj_instance_t* instance, size_t* size) {
  bool isDeleted = instance->instance == nullptr || instance->store == nullptr;
  runtime::Memory* memory = isDeleted ? nullptr : instance->instance->mainMemory();
  *size = memory == nullptr ? 0 : memory->byteSize();
  return memory == nullptr ? nullptr : memory->base();
}
