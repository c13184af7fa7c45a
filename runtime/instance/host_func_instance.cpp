#include "runtime/instance/host_func_instance.h"

#include <algorithm>
#include <cstring>

#include "runtime/arch/host_entry.h"
#include "runtime/instance/call_array.h"
#include "runtime/instance/store_state.h"
#include "runtime/trap/code_registry.h"

namespace runtime {
namespace {

// The assembly, whose traps are those of guests. No frame of it is left when it throws.
class HostEntryCode final : public CompiledCode {
 public:
  static void ensureRegistered() { static const HostEntryCode code; }
  std::vector<Frame> symbolize(const void*) const override { return {}; }
  UnwindTables unwindTables() const override { return {}; }

 private:
  HostEntryCode() {
    registerCode({reinterpret_cast<const void*>(&wasm2obj_hostEntry), wasm2obj_hostEntryEnd}, this);
  }
};

// Arguments of a call, in the order of their types.
class ArgumentReader {
 public:
  explicit ArgumentReader(const HostCallRegisters& registers)
      : registers_(registers), stack_(registers.stack) {}

  abi::Slot next(abi::ValueKind kind) {
    abi::Slot slot{};
    switch (kind) {
      case abi::ValueKind::F32:
      case abi::ValueKind::F64:
      case abi::ValueKind::V128:
        std::memcpy(&slot, vector(kind == abi::ValueKind::V128 ? 16 : 8), sizeFor(kind));
        break;
      default:
        slot.i64 = integer();
        break;
    }
    return slot;
  }

 private:
  static size_t sizeFor(abi::ValueKind kind) { return kind == abi::ValueKind::V128 ? 16 : 8; }

  uint64_t integer() {
    if (integers_ < kIntegerArguments) return registers_.integers[integers_++];
    uint64_t word;
    std::memcpy(&word, onStack(sizeof word), sizeof word);
    return word;
  }
  const uint8_t* vector(size_t size) {
    return vectors_ < kVectorArguments ? registers_.vectors[vectors_++] : onStack(size);
  }
  // Each argument on the stack is aligned to its size, which is 8 or 16.
  const uint8_t* onStack(size_t size) {
    auto address = abi::alignTo(reinterpret_cast<uintptr_t>(stack_), size);
    auto* argument = reinterpret_cast<const uint8_t*>(address);
    stack_ = argument + size;
    return argument;
  }

  const HostCallRegisters& registers_;
  const uint8_t* stack_;
  size_t integers_ = 0;
  size_t vectors_ = 0;
};

void storeResults(const FuncType& type, const abi::Slot* values, HostCallRegisters& registers,
                  abi::ExecState& state) {
  if (type.results.size() > abi::kRegisterResults) {
    std::copy_n(values, type.results.size(), state.results);
    return;
  }
  size_t integers = 0, vectors = 0;
  for (size_t i = 0; i < type.results.size(); ++i) {
    switch (type.results[i].kind) {
      case abi::ValueKind::F32:
      case abi::ValueKind::F64:
      case abi::ValueKind::V128:
        std::memcpy(registers.vectors[vectors++], &values[i], sizeof(abi::Slot));
        break;
      default:
        registers.integers[integers++] = values[i].i64;
        break;
    }
  }
}

// An entry thunk by which the host calls the function: it needs none of the assembly's registers.
void enterHost(abi::VMContext* context, void*, abi::Slot* values) {
  auto& function = *static_cast<HostFuncInstance*>(reinterpret_cast<Caller*>(context));
  auto frame = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  if (frame < reinterpret_cast<uintptr_t>(function.state->stackLimit) + abi::kHostStack) {
    wasm2obj_exhaustStack();
  }
  function.run(values);
  if (function.state->hostTrapPending != 0) wasm2obj_stopGuest(&function);
}

}  // namespace

HostFuncInstance::HostFuncInstance(StoreState& store, TypeIds typeId, Code code, void* data)
    : Caller{}, typeIds_(std::move(typeId)), code_(code), entryThunk_(&enterHost) {
  HostEntryCode::ensureRegistered();
  state = &store;
  env = data;
  reference_ = {.fastEntry = reinterpret_cast<void*>(&wasm2obj_hostEntry),
                .tailEntry = nullptr,
                .context = static_cast<Caller*>(this),
                .typeId = typeIds_[0],
                .reserved = 0};
  store.learnEntryThunk(typeIds_[0], entryThunk_);
}

}  // namespace runtime

extern "C" uint32_t wasm2obj_callHost(abi::HostBinding* binding,
                                      runtime::HostCallRegisters* registers) {
  auto& function = *static_cast<runtime::HostFuncInstance*>(static_cast<runtime::Caller*>(binding));
  const runtime::FuncType& type = function.type();
  runtime::CallArray<abi::Slot> slots(std::max(type.params.size(), type.results.size()));
  runtime::ArgumentReader arguments(*registers);
  for (size_t i = 0; i < type.params.size(); ++i) {
    slots[i] = arguments.next(type.params[i].kind);
  }
  function.run(slots.data());
  if (binding->state->hostTrapPending != 0) return 1;
  runtime::storeResults(type, slots.data(), *registers, *binding->state);
  return 0;
}
