#include "loader/standard/trap.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "loader/standard/last_error.h"
#include "runtime/instance/host_func.h"

namespace standard {
namespace {

using runtime::Trap;

Trap trapWith(std::string message) {
  Trap trap;
  trap.code = abi::TrapCode::Host;
  trap.message = std::move(message);
  return trap;
}

bool isOf(const InstanceUse& use, const runtime::Frame& frame) {
  const runtime::Instance* instance = use.instance();
  return instance != nullptr && &instance->module() == frame.code;
}

// Returns the instance of a frame: that with its context, or the only one of its module.
std::shared_ptr<InstanceUse> useOf(const StoreOwner& owner, const runtime::Frame& frame) {
  if (auto known = owner.instances.find(frame.context); known != owner.instances.end()) {
    auto use = known->second.lock();
    if (use != nullptr && isOf(*use, frame)) return use;
  }
  std::shared_ptr<InstanceUse> only;
  for (const auto& [context, instance] : owner.instances) {
    auto use = instance.lock();
    if (use == nullptr || !isOf(*use, frame)) continue;
    if (only != nullptr) return nullptr;
    only = std::move(use);
  }
  return only;
}

std::vector<FrameRecord> framesOf(const StoreOwner& owner, const Trap& trap) {
  std::vector<FrameRecord> frames;
  for (const runtime::Frame& frame : trap.backtrace) frames.push_back({frame, useOf(owner, frame)});
  return frames;
}

wasm_frame_t* newFrame(const wasm_trap_t& trap, const FrameRecord& record) {
  const runtime::Frame& frame = record.frame;
  auto* made = new wasm_frame_t;
  if (record.use != nullptr) {
    made->instance = std::make_unique<wasm_instance_t>(trap.owner, record.use);
  }
  made->functionIndex = frame.functionIndex;
  bool isKnown = frame.functionOffset != 0 && frame.wasmOffset >= frame.functionOffset;
  made->functionOffset = isKnown ? frame.wasmOffset - frame.functionOffset : 0;
  made->moduleOffset = frame.wasmOffset;
  return made;
}

}  // namespace

wasm_trap_t* newTrap(const std::shared_ptr<StoreOwner>& owner, std::string message) {
  auto record = std::make_shared<TrapRecord>();
  record->trap = trapWith(std::move(message));
  return new wasm_trap_t(owner, std::move(record));
}

wasm_trap_t* newTrap(const Entry& entry, const runtime::Failure& failure) {
  const auto& owner = entry.owner();
  std::shared_ptr<TrapRecord> passing = std::exchange(owner->passing, nullptr);
  if (!failure.isTrap()) return newTrap(owner, failure.error().text());
  bool isPassed = passing != nullptr && failure.trap().code == abi::TrapCode::Host;
  auto record = isPassed ? std::move(passing) : std::make_shared<TrapRecord>();
  record->trap = failure.trap();
  record->frames = framesOf(*owner, record->trap);
  return new wasm_trap_t(owner, std::move(record));
}

void passTrap(std::unique_ptr<wasm_trap_t> trap, runtime::Caller& caller, const Entry& entry) {
  const Trap& given = trap->record->trap;
  // The exception is an object of its store.
  bool isForeign = trap->owner != entry.owner();
  if (isForeign) return requestTrap(caller, trapWith(given.message));
  if (given.exception == nullptr) entry.owner()->passing = trap->record;
  requestTrap(caller, given);
}

}  // namespace standard

void wasm_frame_delete(wasm_frame_t* frame) { delete frame; }

wasm_frame_t* wasm_frame_copy(const wasm_frame_t* frame) {
  if (frame == nullptr) return nullptr;
  auto* copy =
      new wasm_frame_t{nullptr, frame->functionIndex, frame->functionOffset, frame->moduleOffset};
  copy->instance.reset(wasm_instance_copy(frame->instance.get()));
  return copy;
}

wasm_instance_t* wasm_frame_instance(const wasm_frame_t* frame) {
  return frame == nullptr ? nullptr : frame->instance.get();
}

uint32_t wasm_frame_func_index(const wasm_frame_t* frame) {
  return frame == nullptr ? 0 : frame->functionIndex;
}

size_t wasm_frame_func_offset(const wasm_frame_t* frame) {
  return frame == nullptr ? 0 : frame->functionOffset;
}

size_t wasm_frame_module_offset(const wasm_frame_t* frame) {
  return frame == nullptr ? 0 : frame->moduleOffset;
}

wasm_trap_t* wasm_trap_new(wasm_store_t* store, const wasm_message_t* message) {
  if (store == nullptr) {
    standard::setLastError("the store is null");
    return nullptr;
  }
  std::string_view text;
  if (message != nullptr && message->size != 0) text = {message->data, message->size};
  if (text.ends_with('\0')) text.remove_suffix(1);
  return standard::newTrap(store->owner, std::string(text));
}

void wasm_trap_message(const wasm_trap_t* trap, wasm_message_t* out) {
  const std::string text = trap == nullptr ? std::string() : trap->record->trap.message;
  wasm_name_new(out, text.size() + 1, text.c_str());
}

wasm_frame_t* wasm_trap_origin(const wasm_trap_t* trap) {
  if (trap == nullptr || trap->record->frames.empty()) return nullptr;
  return standard::newFrame(*trap, trap->record->frames.front());
}

void wasm_trap_trace(const wasm_trap_t* trap, wasm_frame_vec_t* out) {
  size_t count = trap == nullptr ? 0 : trap->record->frames.size();
  wasm_frame_vec_new_uninitialized(out, count);
  if (out == nullptr) return;
  for (size_t i = 0; i < out->size; ++i) {
    out->data[i] = standard::newFrame(*trap, trap->record->frames[i]);
  }
}
