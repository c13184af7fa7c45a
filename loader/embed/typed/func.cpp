#include "loader/embed/typed/func.h"

#include <algorithm>

#include "loader/embed/error.h"
#include "loader/embed/instance.h"
#include "loader/embed/types/func_type.h"
#include "loader/embed/wasm2obj_linker.h"

using embed::makeError;

static_assert(sizeof(wasm2obj_slot_t) == sizeof(abi::Slot));

wasm2obj_error_t* wasm2obj_instance_func(wasm2obj_instance_t* instance, const char* name,
                                         const char* type, const wasm2obj_func_t** func) {
  if (auto usable = embed::checkUsable(*instance); !usable) return makeError(usable.error());
  auto function = instance->instance->function(name);
  if (!function) return makeError(std::string("no function '") + name + "' is exported");
  auto expected = embed::parseFuncType(type, embed::Letters::Numbers);
  if (!expected) return makeError(std::string(name) + ": " + expected.error().text());
  if (function->type() != *expected) {
    return makeError(std::string(name) + ": the type is " + runtime::text(function->type()) +
                     ", expected " + runtime::text(*expected));
  }
  auto& funcs = instance->funcs;
  auto known = std::ranges::find_if(funcs, [&function](const auto& other) {
    return other->function.reference() == function->reference();
  });
  if (known == funcs.end()) {
    auto made = std::make_unique<wasm2obj_func_t>(*function, instance->store);
    known = funcs.insert(known, std::move(made));
  }
  *func = known->get();
  return nullptr;
}

namespace {

// Not inline, so that calls that succeed save no registers for them.
[[gnu::cold, gnu::noinline]] wasm2obj_error_t* failFinalizing() {
  return makeError("a finalizer must not use the instance");
}

[[gnu::cold, gnu::noinline]] wasm2obj_error_t* fail(const runtime::Trap& trap,
                                                    const wasm2obj_func_t& func) {
  return makeError(trap, func.store);
}

}  // namespace

wasm2obj_error_t* wasm2obj_func_call(const wasm2obj_func_t* func, wasm2obj_slot_t* slots) {
  if (func->function.isFinalizing()) return failFinalizing();
  auto outcome = func->function.callSlotsWithModes(reinterpret_cast<abi::Slot*>(slots));
  if (outcome) [[likely]]
    return nullptr;
  return fail(outcome.error(), *func);
}
