#include <algorithm>
#include <vector>

#include "loader/embed/error.h"
#include "loader/embed/module_of_image.h"
#include "loader/embed/wasi.h"
#include "loader/embed/wasm2obj.h"
#include "runtime/instance/memory.h"
#include "runtime/linker.h"
#include "runtime/store.h"
#include "runtime/strings/add_to_linker.h"
#include "wasi/calls/add_to_linker.h"
#include "wasi/entry_points.h"

struct wasm2obj_module_t {
  std::shared_ptr<const runtime::Module> module;
};

struct wasm2obj_limits_t {
  runtime::Limits limits;
};

struct wasm2obj_instance_t {
  wasm2obj_instance_t(std::unique_ptr<wasi::Context> wasi, const runtime::Limits& limits)
      : context(std::move(wasi)), store({.limits = limits}) {}

  std::unique_ptr<wasi::Context> context;  // destroyed after the store, whose host functions use it
  runtime::Store store;
  runtime::Instance* instance = nullptr;
};

namespace {

using embed::makeError;
using runtime::Value;

// Makes a module of a loaded image, or returns the error.
wasm2obj_error_t* openImage(base::Result<std::shared_ptr<loader::Image>> image,
                            wasm2obj_module_t** result) {
  if (!image) return makeError(image.error());
  auto module = embed::moduleOf(*image);
  if (!module) return makeError(module.error());
  *result = new wasm2obj_module_t{std::move(*module)};
  return nullptr;
}

Value toValue(const wasm2obj_value_t& value) {
  switch (value.type) {
    case WASM2OBJ_I32:
      return Value::i32(static_cast<uint32_t>(value.of.i32));
    case WASM2OBJ_I64:
      return Value::i64(static_cast<uint64_t>(value.of.i64));
    case WASM2OBJ_F32:
      return Value::f32(value.of.f32);
    case WASM2OBJ_F64:
      break;
  }
  return Value::f64(value.of.f64);
}

// Converts a result. Returns false if its type is not one of the C interface.
bool fromValue(const Value& value, wasm2obj_value_t& result) {
  switch (value.kind) {
    case abi::ValueKind::I32:
      result.type = WASM2OBJ_I32;
      result.of.i32 = static_cast<int32_t>(value.slot.i32);
      return true;
    case abi::ValueKind::I64:
      result.type = WASM2OBJ_I64;
      result.of.i64 = static_cast<int64_t>(value.slot.i64);
      return true;
    case abi::ValueKind::F32:
      result.type = WASM2OBJ_F32;
      result.of.f32 = value.slot.f32;
      return true;
    case abi::ValueKind::F64:
      result.type = WASM2OBJ_F64;
      result.of.f64 = value.slot.f64;
      return true;
    default:
      return false;
  }
}

wasm2obj_error_t* call(const runtime::Func& function, std::span<const Value> arguments,
                       std::vector<Value>& results) {
  auto outcome = function.call(arguments);
  if (!outcome) return makeError(outcome.error());
  results = *std::move(outcome);
  return nullptr;
}

// Returns the error for a function that is not exported.
wasm2obj_error_t* missing(const char* name) {
  return makeError(std::string("no function '") + name + "' is exported");
}

// If this fails, the caller destroys `made`.
wasm2obj_error_t* instantiate(const wasm2obj_module_t& module, wasm2obj_instance_t& made) {
  runtime::Linker linker;
  wasi::addToLinker(linker, *made.context);
  strings::addToLinker(linker);
  auto outcome = linker.instantiate(made.store, module.module);
  if (!outcome) return makeError(outcome.error());
  made.instance = *outcome;
  auto initialized = wasi::initialize(*made.instance);
  return initialized ? nullptr : makeError(initialized.error());
}

}  // namespace

wasm2obj_error_t* wasm2obj_module_open(const char* path, wasm2obj_module_t** module) {
  return openImage(loader::Image::open(path), module);
}

wasm2obj_error_t* wasm2obj_module_open_bytes(const void* bytes, size_t size,
                                             wasm2obj_module_t** module) {
  base::ByteView view(static_cast<const uint8_t*>(bytes), size);
  return openImage(loader::Image::fromMemory(view, "the module"), module);
}

void wasm2obj_module_delete(wasm2obj_module_t* module) { delete module; }

wasm2obj_limits_t* wasm2obj_limits_new() { return new wasm2obj_limits_t; }

void wasm2obj_limits_delete(wasm2obj_limits_t* limits) { delete limits; }

void wasm2obj_limits_set(wasm2obj_limits_t* limits, wasm2obj_limit_t which, uint64_t value) {
  switch (which) {
    case WASM2OBJ_LIMIT_MEMORY_BYTES:
      limits->limits.memoryBytes = value;
      break;
    case WASM2OBJ_LIMIT_TABLE_ELEMENTS:
      limits->limits.tableElements = value;
      break;
    case WASM2OBJ_LIMIT_HOST_BYTES:
      limits->limits.hostBytes = value;
      break;
    case WASM2OBJ_LIMIT_HEAP_BYTES:
      limits->limits.heapBytes = value;
      break;
  }
}

wasm2obj_error_t* wasm2obj_instance_new(const wasm2obj_module_t* module,
                                        const wasm2obj_wasi_t* wasi,
                                        wasm2obj_instance_t** instance) {
  const wasm2obj_limits_t usual;
  return wasm2obj_instance_new_limited(module, wasi, &usual, instance);
}

wasm2obj_error_t* wasm2obj_instance_new_limited(const wasm2obj_module_t* module,
                                                const wasm2obj_wasi_t* wasi,
                                                const wasm2obj_limits_t* limits,
                                                wasm2obj_instance_t** instance) {
  auto context = wasi->builder.build();
  if (!context) return makeError(context.error());
  // Each instance has a store of its own, so that the limits apply to it alone.
  auto made = std::make_unique<wasm2obj_instance_t>(std::move(*context), limits->limits);
  if (wasm2obj_error_t* error = instantiate(*module, *made)) return error;
  *instance = made.release();
  return nullptr;
}

void wasm2obj_instance_interrupt(wasm2obj_instance_t* instance) { instance->context->interrupt(); }

void wasm2obj_instance_delete(wasm2obj_instance_t* instance) { delete instance; }

wasm2obj_error_t* wasm2obj_instance_run(wasm2obj_instance_t* instance, int32_t* exitStatus) {
  if (!wasi::isCommand(*instance->instance)) return missing(wasi::kStart);
  auto status = wasi::runCommand(*instance->instance);
  if (!status) return makeError(status.error());
  *exitStatus = *status;
  return nullptr;
}

wasm2obj_error_t* wasm2obj_instance_call(wasm2obj_instance_t* instance, const char* name,
                                         const wasm2obj_value_t* arguments, size_t argumentCount,
                                         wasm2obj_value_t* results, size_t resultCount) {
  auto function = instance->instance->function(name);
  if (!function) return missing(name);
  // Checked before the call, which may have effects that cannot be undone. The arguments are
  // checked by the call itself.
  if (function->type().results.size() != resultCount) {
    return makeError(std::string(name) + ": the number of results is wrong; its type is " +
                     runtime::text(function->type()));
  }
  std::vector<Value> values(argumentCount);
  // `arguments` may be null if there are none.
  std::transform(arguments, arguments + argumentCount, values.begin(), toValue);
  std::vector<Value> given;
  if (wasm2obj_error_t* error = call(*function, values, given)) return error;
  for (size_t i = 0; i < resultCount; ++i) {
    if (!fromValue(given[i], results[i])) {
      return makeError(std::string(name) + ": a result is no number; its type is " +
                       runtime::text(function->type()));
    }
  }
  return nullptr;
}

void* wasm2obj_instance_memory(wasm2obj_instance_t* instance, size_t* size) {
  runtime::Memory* memory = instance->instance->mainMemory();
  *size = memory == nullptr ? 0 : memory->byteSize();
  return memory == nullptr ? nullptr : memory->base();
}
