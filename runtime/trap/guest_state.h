// The part of a store that calls into guests and the trap handler use.
#pragma once

#include <optional>
#include <vector>

#include "runtime/abi/vmctx.h"
#include "runtime/arch/entry.h"
#include "runtime/trap/guest_stack.h"
#include "runtime/trap/interruption.h"
#include "runtime/trap/trap.h"

namespace runtime {

struct Activation;

// A range of addresses that guest code can reach, of which some fault by design.
class GuardedRange {
 public:
  // Returns whether an access to `address` that faulted was out of bounds. Async-signal-safe.
  virtual bool guards(const void* address) const = 0;

 protected:
  ~GuardedRange() = default;
};

// The state of a store's execution. Compiled code accesses the members of abi::ExecState.
struct GuestState : abi::ExecState {
  explicit GuestState(uint64_t guestStackSize)
      : abi::ExecState{}, stackSize(GuestStack::sizeFor(guestStackSize)) {}

  // Returns the GuestState that `state` is a part of, as every ExecState is.
  static GuestState& of(abi::ExecState& state) { return static_cast<GuestState&>(state); }

  Interruption interruption;
  // The innermost call into a guest of the store that has not returned, or null.
  Activation* activation = nullptr;
  const uint64_t stackSize;  // of a guest stack, GuestStack::sizeFor() of what was wanted
  // The thunks by which the host calls functions, by canonical type id; null for a type that no
  // function reference has. All thunks of one type are equivalent, whichever module they are from.
  std::vector<EntryThunk> entryThunks;
  // The trap that a host function has requested; present while hostTrapPending is set.
  std::optional<Trap> pendingTrap;
  // The memories of the store, which own the ranges. The trap handler reads this vector, so it may
  // change only while no guest code runs.
  std::vector<const GuardedRange*> guardedRanges;
};

}  // namespace runtime
