#include "runtime/objects/roots.h"

#include <algorithm>
#include <vector>

#include "runtime/instance/global.h"
#include "runtime/instance/instance.h"
#include "runtime/instance/store_state.h"
#include "runtime/instance/table.h"
#include "runtime/objects/heap_size.h"
#include "runtime/objects/objects.h"
#include "runtime/trap/activation.h"
#include "runtime/types/type_descriptors.h"

namespace runtime {
namespace {

WordRange words(uintptr_t begin, uintptr_t end) {
  return {reinterpret_cast<const uintptr_t*>(begin), reinterpret_cast<const uintptr_t*>(end)};
}

// Visits the used part of each stack on which guests of the store run. Host functions and this code
// run on the guest's stack, so the innermost one is used down to `stackPointer`. Of others, which
// wait for a host function that has changed to another stack or thread, it is not known how far
// they are used.
void visitStacks(const StoreState& store, uintptr_t stackPointer, RootVisitor& visitor) {
  std::vector<const GuestStack*> seen;
  for (const Activation* activation = store.activation; activation != nullptr;
       activation = activation->outerOfStore) {
    const GuestStack* stack = activation->stack;
    if (std::ranges::find(seen, stack) != seen.end()) continue;
    seen.push_back(stack);
    uintptr_t begin = stack->contains(stackPointer) ? stackPointer : stack->limit();
    visitor.conservative(words(begin, stack->top()));
  }
}

// Its frame is below the one in which visitRootsOf() has saved the registers.
[[gnu::noinline]] void visitBelowRegisters(const StoreState& store, RootVisitor& visitor) {
  visitStacks(store, reinterpret_cast<uintptr_t>(__builtin_frame_address(0)), visitor);
}

void visitSlots(const std::vector<abi::Slot>& slots, RootVisitor& visitor) {
  auto begin = reinterpret_cast<uintptr_t>(slots.data());
  visitor.conservative(words(begin, begin + slots.size() * sizeof(abi::Slot)));
}

// Passes all roots of a store to `visitor`. Must be called by the thread that uses the store, below
// all frames of guests that may hold references. Callee-saved registers may hold some as well; the
// builtin saves them in this frame.
[[gnu::noinline]] void visitRootsOf(StoreState& store, RootVisitor& visitor) {
  __builtin_unwind_init();
  visitBelowRegisters(store, visitor);
  for (const auto& global : store.globals) global->visitRoots(visitor);
  for (const auto& table : store.tables) table->visitRoots(visitor);
  for (const auto& instance : store.instances) instance->visitRoots(visitor);
  if (store.unpublished != nullptr) store.unpublished->visitRoots(visitor);
  visitPointer(visitor, store.pendingException);
  store.hostRoots->visitRoots(visitor);
  for (const RootedSlots* rooted : store.rootedSlots) visitSlots(rooted->slots, visitor);
}

class StoreRoots final : public RootSource {
 public:
  explicit StoreRoots(StoreState& store) : store_(store) {}
  void visitRoots(RootVisitor& visitor) override { visitRootsOf(store_, visitor); }

 private:
  StoreState& store_;
};

// Sets the limits of an account on heaps, and those of the accounts around it, that nobody has set.
void limitHeaps(Account& account, uint64_t bytes) {
  account.limitHeaps(bytes);
  Account* outer = account.outer();
  if (outer == nullptr) return;
  uint64_t outerBytes = outer->limits().heapBytes;
  limitHeaps(*outer, outerBytes == 0 ? defaultHeapBytes() : outerBytes);
}

// In bytes.
constexpr uint64_t kLeastChosenHeap = uint64_t{16} << 20;

}  // namespace

base::Result<void> createHeap(StoreState& store) {
  if (store.heap != nullptr) return {};
  store.rootSource = std::make_unique<StoreRoots>(store);
  HeapOptions options = store.heapOptions;
  bool isChosen = options.maxBytes == 0;
  if (isChosen) options.maxBytes = defaultHeapBytes();
  options.allowance = store.budget.account().get();
  for (;; options.maxBytes /= 2) {
    auto created = Heap::create(store.allocation, typeDescriptors(), *store.rootSource, options);
    if (created) {
      store.heap = std::move(*created);
      limitHeaps(*store.budget.account(), store.heap->maxBytes());
      return {};
    }
    // A process with little address space (ulimit -v) gets a smaller heap, unless it asked for
    // this.
    if (!isChosen || options.maxBytes <= kLeastChosenHeap) return std::move(created).error();
  }
}

}  // namespace runtime
