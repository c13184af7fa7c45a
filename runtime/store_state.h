// A store's inside: what compiled code sees of it, and what it owns.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "runtime/store.h"

namespace runtime {

// What the host needs to call functions of a type, by canonical type id.
struct Signature {
  const FuncType* type = nullptr;
  EntryThunk entryThunk = nullptr;  // any module's: those of one type are the same
};

struct Store::State : abi::ExecState {
  explicit State(const StoreOptions& storeOptions) : abi::ExecState{}, options(storeOptions) {}

  static State& of(abi::ExecState& execState) { return static_cast<State&>(execState); }

  StoreOptions options;
  std::array<abi::Slot, abi::kMaxResults> resultSlots;
  // Why the guest is to be stopped; present while hostTrapPending is set.
  std::optional<Trap> pendingTrap;
  std::vector<Signature> signatures;

  std::vector<std::unique_ptr<Memory>> memories;
  std::vector<std::unique_ptr<Table>> tables;
  std::vector<std::unique_ptr<Global>> globals;
  std::vector<std::unique_ptr<Instance>> instances;
};

}  // namespace runtime
