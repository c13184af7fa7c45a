// A store's inside: what compiled code sees of it, and what it owns.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "runtime/store.h"

namespace runtime {

struct Store::State : abi::ExecState {
  explicit State(const StoreOptions& storeOptions)
      : abi::ExecState{}, options(storeOptions), budget(storeOptions.limits) {}

  static State& of(abi::ExecState& execState) { return static_cast<State&>(execState); }

  StoreOptions options;
  Budget budget;  // outlives what is taken from it, below
  std::array<abi::Slot, abi::kMaxResults> resultSlots;
  // Why the guest is to be stopped; present while hostTrapPending is set.
  std::optional<Trap> pendingTrap;
  // By canonical type id, null where the store knows none. Any module's: those of one type are the
  // same.
  std::vector<EntryThunk> entryThunks;
  // Of what the host has created; the modules hold those of all else.
  std::vector<TypeIds> heldTypes;

  std::vector<std::unique_ptr<Memory>> memories;
  std::vector<std::unique_ptr<Table>> tables;
  std::vector<std::unique_ptr<Global>> globals;
  std::vector<std::unique_ptr<Tag>> tags;
  std::vector<std::unique_ptr<Instance>> instances;
};

}  // namespace runtime
