#include "runtime/instance/roots.h"

#include <algorithm>
#include <vector>

#include "runtime/instance/global.h"
#include "runtime/instance/instance.h"
#include "runtime/instance/objects.h"
#include "runtime/instance/store_state.h"
#include "runtime/instance/table.h"
#include "runtime/trap/activation.h"

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

}  // namespace

// Callee-saved registers may hold references of the guest. The builtin saves them in this frame.
[[gnu::noinline]] void visitRootsOf(const StoreState& store, RootVisitor& visitor) {
  __builtin_unwind_init();
  visitBelowRegisters(store, visitor);
  for (const auto& global : store.globals) global->visitRoots(visitor);
  for (const auto& table : store.tables) table->visitRoots(visitor);
  for (const auto& instance : store.instances) instance->visitRoots(visitor);
  if (store.unpublished != nullptr) store.unpublished->visitRoots(visitor);
  visitor.reference(reinterpret_cast<uint64_t>(store.pendingException));
  store.hostRoots->visitRoots(visitor);
  for (const RootedSlots* rooted : store.rootedSlots) visitSlots(rooted->slots, visitor);
}

}  // namespace runtime
