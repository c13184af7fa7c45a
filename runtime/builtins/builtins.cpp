#include "runtime/builtins/builtins.h"

#include <algorithm>
#include <cstring>

#include "runtime/arch/entry.h"
#include "runtime/arch/segment_base.h"
#include "runtime/base/long_operation.h"
#include "runtime/instance/context.h"
#include "runtime/instance/instance.h"
#include "runtime/instance/store_state.h"
#include "runtime/memory/parking_lot.h"
#include "runtime/objects/exception.h"
#include "runtime/objects/objects.h"
#include "runtime/objects/segment_arrays.h"
#include "runtime/trap/activation.h"
#include "runtime/trap/backtrace.h"
#include "runtime/trap/interruption.h"
#include "runtime/types/type_descriptors.h"
#include "runtime/types/type_registry.h"
#include "runtime/unwind/unwinder.h"

using abi::TrapCode;
using abi::VMContext;
using runtime::instanceOf;

namespace {

// The result of memory.grow and table.grow if they fail: -1 for either address type.
constexpr uint64_t kGrowFailed = ~uint64_t{0};

runtime::StoreState& storeOf(VMContext* context) {
  return runtime::StoreState::of(runtime::GuestState::of(*runtime::headerOf(context).state));
}

// An exception of a store without a heap belongs to the host, which keeps it.
uint64_t collectionsOf(const runtime::StoreState& store) {
  return store.heap == nullptr ? 0 : store.heap->collections();
}

template <class Word>
uint32_t wait(runtime::StoreState& store, const Word* address, Word expected, uint64_t timeout) {
  runtime::WaitResult result = runtime::waitAt(address, expected, static_cast<int64_t>(timeout),
                                               store.interruption.requested());
  if (result != runtime::WaitResult::Interrupted) return static_cast<uint32_t>(result);
  store.pendingTrap = runtime::trapOf(TrapCode::Interrupted);
  return abi::kWaitEnded;
}

// Returns the trap for an exception that has no handler. It keeps the exception alive.
runtime::Trap uncaught(runtime::StoreState& store, abi::ObjectHeader& exception) {
  runtime::Trap trap;
  trap.code = TrapCode::UncaughtException;
  trap.message = runtime::uncaughtMessage(exception);
  trap.exception = std::make_shared<const runtime::Rooted>(store.hostRoots,
                                                           reinterpret_cast<uint64_t>(&exception));
  trap.backtrace = runtime::symbolize(store.lastThrow.earlier());
  return trap;
}

}  // namespace

// A function for each row of builtins.def, with its signature. Compiled code calls them through the
// stubs of entry_<arch>.S, which have checked that kBuiltinStack bytes of stack are left. They run
// on the guest stack. Indices of memories, tables and segments are valid, as the module is; offsets
// and counts may be any numbers.
extern "C" {

uint64_t wasm2obj_builtin_memoryGrow(VMContext* context, uint32_t memory, uint64_t delta) {
  return instanceOf(context).memoryAt(memory).grow(delta).value_or(kGrowFailed);
}

TrapCode wasm2obj_builtin_memoryInit(VMContext* context, uint32_t memory, uint32_t segment,
                                     uint64_t to, uint64_t from, uint64_t count) {
  return instanceOf(context).memoryInit(memory, segment, to, from, count);
}

void wasm2obj_builtin_dataDrop(VMContext* context, uint32_t segment) {
  instanceOf(context).dataDrop(segment);
}

uint64_t wasm2obj_builtin_tableGrow(VMContext* context, uint32_t table, void* reference,
                                    uint64_t delta) {
  return instanceOf(context).tableAt(table).grow(delta, reference).value_or(kGrowFailed);
}

TrapCode wasm2obj_builtin_tableFill(VMContext* context, uint32_t table, uint64_t first,
                                    void* reference, uint64_t count) {
  runtime::Table& target = instanceOf(context).tableAt(table);
  if (!target.contains(first, count)) return TrapCode::TableOutOfBounds;
  target.fill(first, reference, count);
  return TrapCode::None;
}

TrapCode wasm2obj_builtin_tableCopy(VMContext* context, uint32_t to, uint32_t from,
                                    uint64_t toFirst, uint64_t fromFirst, uint64_t count) {
  runtime::Table& target = instanceOf(context).tableAt(to);
  const runtime::Table& source = instanceOf(context).tableAt(from);
  if (!target.contains(toFirst, count) || !source.contains(fromFirst, count)) {
    return TrapCode::TableOutOfBounds;
  }
  // The tables may be the same one.
  target.copyFrom(source, toFirst, fromFirst, count);
  return TrapCode::None;
}

TrapCode wasm2obj_builtin_tableInit(VMContext* context, uint32_t table, uint32_t segment,
                                    uint64_t to, uint64_t from, uint64_t count) {
  return instanceOf(context).tableInit(table, segment, to, from, count);
}

uint32_t wasm2obj_builtin_isSubtype(VMContext*, uint32_t actual, uint32_t expected) {
  bool isTyped = actual < runtime::kMaxTypes;  // a word before those of types wraps
  return isTyped && runtime::isSubtype(actual, expected);
}

void* wasm2obj_builtin_swapSegment(VMContext*, void* base) { return runtime::swapSegment(base); }

void wasm2obj_builtin_elemDrop(VMContext* context, uint32_t segment) {
  instanceOf(context).elemDrop(segment);
}

void* wasm2obj_builtin_allocateObject(VMContext* context, uint32_t type, uint32_t length,
                                      uint64_t size) {
  runtime::checkInterruption();
  void* object = runtime::allocateObject(storeOf(context), type, length, size);
  runtime::checkInterruption();  // a collection may have taken long
  return object;
}

void* wasm2obj_builtin_arrayNewData(VMContext* context, uint32_t typeIndex, uint32_t segment,
                                    uint32_t from, uint32_t length) {
  runtime::checkInterruption();
  runtime::Instance& instance = instanceOf(context);
  return runtime::arrayNewData(instance, instance.module().typeId(typeIndex), segment, from,
                               length);
}

void* wasm2obj_builtin_arrayNewElem(VMContext* context, uint32_t typeIndex, uint32_t segment,
                                    uint32_t from, uint32_t length) {
  runtime::checkInterruption();
  runtime::Instance& instance = instanceOf(context);
  return runtime::arrayNewElem(instance, instance.module().typeId(typeIndex), segment, from,
                               length);
}

TrapCode wasm2obj_builtin_arrayInitData(VMContext* context, void* to, uint32_t sizeLog2,
                                        uint32_t segment, uint32_t from, uint32_t count) {
  return runtime::arrayInitData(instanceOf(context), to, sizeLog2, segment, from, count);
}

TrapCode wasm2obj_builtin_arrayInitElem(VMContext* context, void* array, uint32_t to,
                                        uint32_t segment, uint32_t from, uint32_t count) {
  return runtime::arrayInitElem(instanceOf(context), *static_cast<abi::ObjectHeader*>(array), to,
                                segment, from, count);
}

void wasm2obj_builtin_arrayCopyReferences(VMContext* context, void* to, void* from,
                                          uint64_t count) {
  uint64_t bytes = count * sizeof(void*);
  base::moveBytes(to, from, bytes);
  runtime::markCards(storeOf(context), to, bytes);
}

void wasm2obj_builtin_arrayFillReferences(VMContext* context, void* first, void* reference,
                                          uint64_t count) {
  base::fillElements(static_cast<void**>(first), count, reference);
  runtime::markCards(storeOf(context), first, count * sizeof(void*));
}

uint32_t wasm2obj_builtin_wait32(VMContext* context, const uint32_t* address, uint32_t expected,
                                 uint64_t timeout) {
  return wait(storeOf(context), address, expected, timeout);
}

uint32_t wasm2obj_builtin_wait64(VMContext* context, const uint64_t* address, uint64_t expected,
                                 uint64_t timeout) {
  return wait(storeOf(context), address, expected, timeout);
}

uint32_t wasm2obj_builtin_notify(VMContext*, const void* address, uint32_t count) {
  return runtime::notifyWaiters(address, count);
}

TrapCode wasm2obj_throw(runtime::Registers* registers, VMContext* context, void* exception) {
  runtime::StoreState& store = storeOf(context);
  store.hostTrapPending = 0;
  store.pendingException = nullptr;
  store.lastThrow.begin(exception, registers->stackPointer, collectionsOf(store));
  uintptr_t stackEnd = runtime::currentActivation->stack->top();
  if (runtime::unwindToHandler(*registers, stackEnd, store.lastThrow)) {
    store.lastThrow.end(registers->stackPointer);
    return TrapCode::None;
  }
  store.pendingTrap = uncaught(store, *static_cast<abi::ObjectHeader*>(exception));
  return TrapCode::UncaughtException;
}

}  // extern "C"

namespace runtime {

const abi::Builtins& builtins() {
  static const abi::Builtins table = {
#define BUILTIN(id, signature) reinterpret_cast<void*>(&wasm2obj_builtinStub_##id),
#include "runtime/abi/builtins.def"
#undef BUILTIN
  };
  return table;
}

}  // namespace runtime
