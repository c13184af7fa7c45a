// A store's inside: what compiled code and traps see of it, and what it owns.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "runtime/instance/limits.h"
#include "runtime/trap/guest_state.h"
#include "runtime/types/type_registry.h"
#include "runtime/types/value.h"

namespace runtime {

class Global;
class Instance;
class Memory;
class Table;
class Tag;

struct StoreState : GuestState {
  // With the builtins that compiled code calls.
  StoreState(uint64_t stackSize, const Limits& limits, const abi::Builtins& builtins);
  ~StoreState();
  StoreState(const StoreState&) = delete;
  StoreState& operator=(const StoreState&) = delete;

  // What these return belongs to the store. Types have canonical ids.
  base::Result<Memory*> createMemory(const abi::MemoryType& type);
  // All elements are `initial`: null or a reference of the element type.
  base::Result<Table*> createTable(const abi::TableType& type, void* initial);
  Global* add(std::unique_ptr<Global> global);
  Tag* createTag(uint32_t typeId);

  Budget budget;  // outlives what is taken from it, below
  std::array<abi::Slot, abi::kMaxResults> resultSlots;
  // Of what the host has created; the modules hold those of all else.
  std::vector<TypeIds> heldTypes;

  std::vector<std::unique_ptr<Memory>> memories;
  std::vector<std::unique_ptr<Table>> tables;
  std::vector<std::unique_ptr<Global>> globals;
  std::vector<std::unique_ptr<Tag>> tags;
  std::vector<std::unique_ptr<Instance>> instances;
};

}  // namespace runtime
