// The state of a store: the part that compiled code and traps use, and the objects that it owns.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <span>
#include <unordered_set>
#include <vector>

#include "runtime/gc/heap.h"
#include "runtime/gc/root_table.h"
#include "runtime/instance/limits.h"
#include "runtime/trap/guest_state.h"
#include "runtime/trap/throw_trace.h"
#include "runtime/types/type_registry.h"
#include "runtime/types/value.h"

namespace runtime {

class Global;
class HostFuncInstance;
class Instance;
class Memory;
class MemoryPool;
class Module;
class RootedSlots;
class Table;
class Tag;

struct StoreState final : GuestState {
  // `stackSize` is the size of the guest stack in bytes. `builtins` are the functions of the
  // runtime that compiled code calls.
  StoreState(uint64_t stackSize, std::shared_ptr<Account> account, const abi::Builtins& builtins);
  ~StoreState();
  StoreState(const StoreState&) = delete;
  StoreState& operator=(const StoreState&) = delete;

  // Returns the StoreState that `state` is a part of, as that of every store is.
  static StoreState& of(GuestState& state) { return static_cast<StoreState&>(state); }

  // The store owns the objects that these return. Types have canonical ids.
  // For the pool, which shared memories do not use, see Memory::create().
  base::Result<Memory*> createMemory(const abi::MemoryType& type,
                                     std::shared_ptr<MemoryPool> pool = nullptr);
  // Makes a shared memory known to the store, which owns it together with others.
  Memory* addShared(std::shared_ptr<Memory> memory);
  // All elements are `initial`: null or a reference of the element type.
  base::Result<Table*> createTable(const abi::TableType& type, void* initial);
  Global* add(std::unique_ptr<Global> global);
  Tag* createTag(uint32_t typeId, std::string name);

  // Destroys what these instances define, and takes back what they took of the budget. Nothing else
  // may use it, and no guest code may run. Objects of their types may be left in the heap.
  void removeItems(std::span<const Instance* const> instances);
  // Records the entry thunks of the module's types, which the host needs to call functions of these
  // types. Any module's thunk serves for all functions of a type.
  void learnEntryThunks(const Module& module);
  // Records a thunk that serves for host functions of a type, if there is none that serves for all.
  void learnEntryThunk(uint32_t typeId, EntryThunk thunk);
  // Forgets all thunks but those of the modules of present instances and of host functions.
  void relearnEntryThunks();

  Budget budget;  // declared first, since the objects below give memory back when destroyed
  std::array<abi::Slot, abi::kMaxResults> resultSlots;
  // The types of objects that the host has created, and of modules whose instances have been
  // destroyed. Modules hold the types of all other objects.
  std::vector<TypeIds> heldTypes;
  std::unordered_set<uint32_t> heldModuleTypes;  // the ids of those of modules

  std::vector<std::unique_ptr<Memory>> memories;
  std::vector<std::shared_ptr<Memory>> sharedMemories;
  std::vector<std::unique_ptr<Table>> tables;
  std::vector<std::unique_ptr<Global>> globals;
  std::vector<std::unique_ptr<Tag>> tags;
  std::vector<std::unique_ptr<HostFuncInstance>> hostFuncs;
  std::vector<std::unique_ptr<Instance>> instances;
  std::vector<Instance*> released;  // of these, those that the host does not use
  size_t releasedSinceSearch = 0;   // since the last search for such that nothing uses
  std::function<void(const Instance&)> onDestroyed;  // StoreOptions::onDestroyed, or empty

  // The heap, which createHeap() (runtime/objects/roots.h) makes, and roots of it besides the
  // objects above: an instance that is not yet among them, and values that the runtime computes.
  std::unique_ptr<RootSource> rootSource;
  std::unique_ptr<Heap> heap;
  HeapOptions heapOptions;  // maxBytes is 0 for defaultHeapBytes()
  Instance* unpublished = nullptr;
  std::vector<const RootedSlots*> rootedSlots;
  std::shared_ptr<RootTable> hostRoots = std::make_shared<RootTable>();
  // The functions that the host refers to, which are no roots of the heap: they keep their
  // instances.
  std::shared_ptr<RootTable> hostFunctions = std::make_shared<RootTable>();
  ThrowTrace lastThrow;  // frames that it left, for backtraces
};

}  // namespace runtime
