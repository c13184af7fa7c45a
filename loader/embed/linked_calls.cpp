// What the functions of an object file call, in both directions.
#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <vector>

#include "loader/embed/error.h"
#include "loader/embed/instance.h"
#include "loader/embed/types/value.h"
#include "runtime/instance/host_func.h"
#include "runtime/instance/store_state.h"
#include "runtime/types/type_registry.h"

namespace {

using embed::makeError;
using runtime::Value;

// Returns the function of a row of the exports. Fails if the instance cannot be used.
base::Result<runtime::Func> exportedFunction(const wasm2obj_instance_t& instance, uint64_t row) {
  TRY(embed::checkUsable(instance));
  if (instance.instance == nullptr) return base::Error{"", "the instance is not complete"};
  const auto& exports = instance.instance->module().descriptor().exports;
  return std::get<runtime::Func>(instance.instance->exported(exports[static_cast<uint32_t>(row)]));
}

// A reference in a slot, as the functions of object files pass it.
wasm2obj_value_t refIn(const abi::Slot& slot) {
  wasm2obj_value_t value{};
  value.type = WASM2OBJ_REF;
  value.of.ref = static_cast<wasm2obj_ref_t*>(slot.ref);
  return value;
}

// Replaces the wasm2obj_ref_t* of arguments by words.
base::Result<void> openReferences(abi::Slot* slots, const runtime::FuncType& type,
                                  const runtime::Store& store) {
  for (size_t i = 0; i < type.params.size(); ++i) {
    if (!type.params[i].isReference()) continue;
    auto value = embed::toFitting(refIn(slots[i]), type.params[i], store);
    if (!value) {
      return base::Error{"", fmt::format("argument {}: {}", i, value.error().text())};
    }
    slots[i] = value->slot;
  }
  return {};
}

// Makes the next return of the program's function to the guest a trap.
void trapGuest(runtime::Store& store, std::string message) {
  runtime::Caller caller{};
  caller.state = &store.state();
  runtime::requestTrap(caller, std::move(message));
}

}  // namespace

wasm2obj_error_t* wasm2obj_linked_call(wasm2obj_instance_t* instance, uint64_t row, void* slots) {
  auto function = exportedFunction(*instance, row);
  if (!function) return makeError(function.error());
  auto outcome = function->callSlots(static_cast<abi::Slot*>(slots));
  return outcome ? nullptr : makeError(runtime::Failure(outcome.error()), instance->store);
}

wasm2obj_error_t* wasm2obj_linked_call_with_refs(wasm2obj_instance_t* instance, uint64_t row,
                                                 void* given) {
  auto function = exportedFunction(*instance, row);
  if (!function) return makeError(function.error());
  const runtime::FuncType& type = function->type();
  auto* slots = static_cast<abi::Slot*>(given);
  if (auto opened = openReferences(slots, type, *instance->store); !opened) {
    return makeError(opened.error());
  }
  auto outcome = function->callSlots(slots);
  if (!outcome) return makeError(runtime::Failure(outcome.error()), instance->store);
  for (size_t i = 0; i < type.results.size(); ++i) {
    if (!type.results[i].isReference()) continue;
    slots[i].ref = embed::newRef(instance->store, {type.results[i].kind, slots[i]});
  }
  return nullptr;
}

void wasm2obj_linked_failed(wasm2obj_instance_t* instance, wasm2obj_error_t* error) {
  if (instance->onError != nullptr) return instance->onError(instance, error);
  fmt::print(stderr, "{}\n", wasm2obj_error_text(error));
  std::abort();
}

wasm2obj_ref_t* wasm2obj_linked_argument(wasm2obj_instance_t* instance, void* word,
                                         int32_t isFunction) {
  Value value{isFunction != 0 ? abi::ValueKind::FuncRef : abi::ValueKind::AnyRef, {}};
  value.slot.ref = word;
  return embed::newRef(embed::storeOfCalled(*instance), value);
}

void* wasm2obj_linked_result(wasm2obj_instance_t* instance, uint64_t row, uint64_t index,
                             wasm2obj_ref_t* ref) {
  std::unique_ptr<wasm2obj_ref_t> taken(ref);
  std::shared_ptr<runtime::Store> store = embed::storeOfCalled(*instance);
  const runtime::Module& module = instance->instance->module();
  const abi::Import& import = module.descriptor().imports[static_cast<uint32_t>(row)];
  const auto& type = runtime::canonicalType(module.typeId(import.typeIndex)).func;
  abi::Slot slot{};
  slot.ref = ref;
  auto value = embed::toFitting(refIn(slot), type.results[index], *store);
  if (value) return value->slot.ref;
  // The function has ended the guest's call itself, so that its results do not count.
  if (store->state().hostTrapPending != 0) return nullptr;
  trapGuest(*store,
            fmt::format("the result {} of the program's function for import {}.{} does not fit: {}",
                        index, runtime::toView(import.module), runtime::toView(import.name),
                        value.error().text()));
  return nullptr;
}
