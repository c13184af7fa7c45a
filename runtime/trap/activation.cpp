#include "runtime/trap/activation.h"

#include <optional>

#include "runtime/context.h"
#include "runtime/trap/backtrace.h"
#include "runtime/trap/entry.h"
#include "runtime/trap/float_state.h"
#include "runtime/trap/segment_base.h"
#include "runtime/trap/signals.h"

namespace runtime {

constinit thread_local Activation* currentActivation = nullptr;

namespace {

// Less than this on a guest stack, and a host function's call into a guest is a trap at once.
constexpr uint64_t kEntryStack = 96 << 10;

// What a thread keeps from one call to the next.
struct ThreadStacks {
  SignalStack signalStack;
  std::optional<GuestStack> guestStack;
};

ThreadStacks& threadStacks() {
  thread_local ThreadStacks stacks;
  return stacks;
}

Trap outOfStack() {
  Trap trap;
  trap.code = abi::TrapCode::CallStackExhausted;
  trap.message = abi::trapText(trap.code);
  return trap;
}

Trap takeTrap(const TrapRecord& record, Store::State& store) {
  Trap trap;
  if (record.code == abi::TrapCode::Host && store.pendingTrap) {
    trap = std::move(*store.pendingTrap);
  } else {
    trap.code = record.code;
    trap.message = abi::trapText(record.code);
  }
  std::vector<Frame> frames = symbolize(record);
  trap.backtrace.insert(trap.backtrace.end(), std::make_move_iterator(frames.begin()),
                        std::make_move_iterator(frames.end()));
  return trap;
}

// Links an activation to its thread and its store; puts back what was there when it ends.
class Scope {
 public:
  Scope(Activation& activation, const GuestStack& stack, Store::State& store, void* segmentBase)
      : activation_(activation),
        segmentBase_(swapSegment(segmentBase)),
        stackLimit_(store.stackLimit),
        pendingTrap_(std::move(store.pendingTrap)) {
    activation.outer = currentActivation;
    activation.store = &store;
    activation.stack = &stack;
    store.stackLimit = reinterpret_cast<void*>(stack.limit());
    store.pendingTrap.reset();
    store.hostTrapPending = 0;
    currentActivation = &activation;
  }
  ~Scope() {
    swapSegment(segmentBase_);
    currentActivation = activation_.outer;
    Store::State& store = *activation_.store;
    store.stackLimit = stackLimit_;
    store.hostTrapPending = pendingTrap_.has_value();
    store.pendingTrap = std::move(pendingTrap_);
  }
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;

 private:
  Activation& activation_;
  void* segmentBase_;
  void* stackLimit_;
  std::optional<Trap> pendingTrap_;
};

}  // namespace

Expected<void, Trap> enterGuest(Store::State& store, EntryThunk thunk, abi::VMContext* context,
                                void* entry, abi::Slot* values) {
  ThreadStacks& thread = threadStacks();
  auto stackPointer = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  const GuestStack* stack = nullptr;
  uintptr_t stackTop = 0;
  std::optional<GuestStack> spare;
  if (currentActivation != nullptr && currentActivation->stack->contains(stackPointer)) {
    stack = currentActivation->stack;
    if (stackPointer < stack->limit() + kEntryStack) return outOfStack();
  } else {
    // The thread's own stack, unless a call is using it already (from a fiber of the host's).
    std::optional<GuestStack>& own = currentActivation == nullptr ? thread.guestStack : spare;
    if (!own || own->size() != GuestStack::sizeFor(store.options.stackSize)) {
      own = GuestStack::create(store.options.stackSize);
    }
    if (!own) return outOfStack();
    stack = &*own;
    stackTop = stack->top();
  }

  Activation activation;
  Scope scope(activation, *stack, store, headerOf(context).segmentBase);
  GuestFloatState floatState;
  if (wasm2obj_enterGuest(&activation, thunk, context, entry, values, stackTop) == 0) {
    return {};
  }
  return takeTrap(activation.trap, store);
}

}  // namespace runtime
