#include "runtime/trap/enter_guest.h"

#include <iterator>
#include <memory>
#include <optional>
#include <utility>

#include "runtime/arch/entry.h"
#include "runtime/arch/float_state.h"
#include "runtime/arch/segment_base.h"
#include "runtime/base/check.h"
#include "runtime/trap/activation.h"
#include "runtime/trap/interruption.h"
#include "runtime/trap/signal_stack.h"

namespace runtime {
namespace {

// The bytes of guest stack that must be left if a host function calls a guest. If fewer are left,
// the call traps.
constexpr uint64_t kEntryStack = 96 << 10;

// The stacks that a thread keeps from one call to the next, and frees when it ends.
struct ThreadStacks {
  SignalStack signalStack;
  InterruptibleThread interruptible;
  std::optional<GuestStack> guestStack;
};

// Those of this thread, or null before its first call into a guest and when it ends. The TLS model
// initial-exec makes reading it one instruction.
constinit thread_local ThreadStacks* currentStacks __attribute__((tls_model("initial-exec"))) =
    nullptr;

[[gnu::noinline]] ThreadStacks& makeThreadStacks() {
  struct Owned : ThreadStacks {
    ~Owned() { currentStacks = nullptr; }
  };
  thread_local Owned stacks;
  currentStacks = &stacks;
  return stacks;
}

ThreadStacks& threadStacks() {
  return currentStacks != nullptr ? *currentStacks : makeThreadStacks();
}

Trap outOfStack() { return trapOf(abi::TrapCode::CallStackExhausted); }

// Returns the frames of the guest when it trapped. A prepared trap of an uncaught exception may
// have frames of its own, the last of which is that of the code that trapped.
std::vector<Frame> framesAt(const Activation& activation, const Trap& trap) {
  const Backtrace& backtrace = activation.backtrace;
  if (trap.code != abi::TrapCode::UncaughtException || trap.backtrace.empty()) {
    return symbolize(backtrace);
  }
  return symbolizeCallers(backtrace);
}

// Returns the trap that ended the call. For a trap that a host function requested, that is the
// function's Trap, which may have a backtrace of an inner call already; for an uncaught exception
// that which the unwinder has prepared.
[[gnu::cold, gnu::noinline]] Trap takeTrap(const Activation& activation) {
  GuestState& state = *activation.state;
  abi::TrapCode code = activation.trapCode;
  bool isPrepared = (code == abi::TrapCode::Host || code == abi::TrapCode::UncaughtException) &&
                    state.pendingTrap;
  // Without a trap of the host's, it is the handler of interruptions that has stopped the guest.
  if (code == abi::TrapCode::Host && !isPrepared && state.interruption.isRequested()) {
    code = abi::TrapCode::Interrupted;
  }
  Trap trap = isPrepared ? std::move(*state.pendingTrap) : trapOf(code);
  std::vector<Frame> frames = framesAt(activation, trap);
  trap.backtrace.insert(trap.backtrace.end(), std::make_move_iterator(frames.begin()),
                        std::make_move_iterator(frames.end()));
  return trap;
}

// Makes an activation the innermost one of its thread and its store during its lifetime. Afterwards
// restores the previous one, the stack limit, the segment base and a trap or exception that was
// requested before the call: a host function may call a guest between its request and its return.
class Scope {
 public:
  Scope(Activation& activation, const GuestStack& stack, GuestState& state, void* segmentBase,
        int thread)
      : activation_(activation),
        segmentBase_(swapSegment(segmentBase)),
        stackLimit_(state.stackLimit) {
    activation.outer = currentActivation;
    activation.outerOfStore = state.activation;
    const bool isOutermost = activation.outerOfStore == nullptr;
    // Only host functions that guests of the store have called make requests.
    if (!isOutermost) takeRequests(state);
    state.activation = &activation;
    activation.state = &state;
    activation.stack = &stack;
    state.stackLimit = reinterpret_cast<void*>(stack.limit());
    state.hostTrapPending = 0;
    setCurrentActivation(&activation);
    mayRun_ = state.interruption.enter(isOutermost, thread);
  }
  ~Scope() {
    if (segmentBase_ != nullptr) swapSegment(segmentBase_);
    setCurrentActivation(activation_.outer);
    GuestState& state = *activation_.state;
    state.interruption.leave(activation_.outerOfStore == nullptr);
    state.activation = activation_.outerOfStore;
    state.stackLimit = stackLimit_;
    bool hadTrap = pendingTrap_.has_value();
    state.hostTrapPending = hadTrap || pendingException_ != nullptr;
    if (hadTrap || state.pendingTrap.has_value()) state.pendingTrap = std::move(pendingTrap_);
    state.pendingException = pendingException_;
  }
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;

  // Returns whether the guest may run: the store has not been interrupted.
  bool mayRun() const { return mayRun_; }

 private:
  void takeRequests(GuestState& state) {
    pendingTrap_ = std::exchange(state.pendingTrap, std::nullopt);
    pendingException_ = std::exchange(state.pendingException, nullptr);
  }

  Activation& activation_;
  void* segmentBase_;
  void* stackLimit_;
  std::optional<Trap> pendingTrap_;
  abi::ObjectHeader* pendingException_ = nullptr;
  bool mayRun_;
};

}  // namespace

Expected<void, Trap> enterGuest(GuestState& state, const abi::FuncRef& function,
                                abi::Slot* values) {
  GuestFloatState floatState;
  return enterGuestWithModes(state, function, values);
}

Expected<void, Trap> enterGuestWithModes(GuestState& state, const abi::FuncRef& function,
                                         abi::Slot* values) {
  EntryThunk thunk = state.entryThunks[function.typeId];
  CHECK(thunk != nullptr);  // the compiler makes one for every type that a funcref can have
  ThreadStacks& thread = threadStacks();
  auto stackPointer = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  const GuestStack* stack = nullptr;
  uintptr_t stackTop = 0;
  std::unique_ptr<GuestStack> spare;
  // A host function runs on the stack of the guest that called it. So does a guest that it calls.
  if (currentActivation != nullptr && currentActivation->stack->contains(stackPointer)) {
    stack = currentActivation->stack;
    if (stackPointer < stack->limit() + kEntryStack) return outOfStack();
  } else {
    // The thread's own stack, unless an outer call uses it. That happens if the host function that
    // makes the call has switched to a stack of its own, such as that of a fiber.
    if (currentActivation == nullptr) {
      std::optional<GuestStack>& own = thread.guestStack;
      if (!own || own->size() != state.stackSize) own = GuestStack::create(state.stackSize);
      if (own) stack = &*own;
    } else if (auto made = GuestStack::create(state.stackSize)) {
      spare = std::make_unique<GuestStack>(*std::move(made));
      stack = spare.get();
    }
    if (stack == nullptr) return outOfStack();
    stackTop = stack->top();
  }

  // Not initialized: the backtrace is large, and only the trap handler writes it.
  Activation activation;
  auto* header = static_cast<abi::ContextHeader*>(function.context);
  Scope scope(activation, *stack, state, header->segmentBase, thread.interruptible.id());
  if (!scope.mayRun()) return trapOf(abi::TrapCode::Interrupted);
  auto* context = static_cast<abi::VMContext*>(function.context);
  if (wasm2obj_enterGuest(&activation, thunk, context, function.fastEntry, values, stackTop) != 0) {
    return takeTrap(activation);
  }
  return {};
}

}  // namespace runtime
