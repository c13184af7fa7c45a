// What calls into a guest and traps need of the store that it runs in.
#pragma once

#include <optional>
#include <vector>

#include "runtime/abi/vmctx.h"
#include "runtime/arch/entry.h"
#include "runtime/trap/trap.h"

namespace runtime {

// Addresses that guest code can reach and that fault by design.
class GuardedRange {
 public:
  // Whether an access of guest code to `address` that faulted was out of bounds. Async-signal-safe.
  virtual bool guards(const void* address) const = 0;

 protected:
  ~GuardedRange() = default;
};

// Compiled code sees the abi::ExecState.
struct GuestState : abi::ExecState {
  explicit GuestState(uint64_t guestStackSize) : abi::ExecState{}, stackSize(guestStackSize) {}

  static GuestState& of(abi::ExecState& state) { return static_cast<GuestState&>(state); }

  uint64_t stackSize;  // of a guest stack, in bytes; see GuestStack::sizeFor
  // How to call functions of a type, by canonical type id; null for a type that no funcref has.
  // Those of one type are the same whatever module they are from.
  std::vector<EntryThunk> entryThunks;
  // Why the guest is to be stopped; present while hostTrapPending is set.
  std::optional<Trap> pendingTrap;
  // Those of all memories that the guest can reach. Changes only while no guest code runs.
  std::vector<const GuardedRange*> guardedRanges;
};

}  // namespace runtime
