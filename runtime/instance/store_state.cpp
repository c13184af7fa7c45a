#include "runtime/instance/store_state.h"

#include <algorithm>
#include <utility>

#include "runtime/instance/host_func_instance.h"
#include "runtime/instance/instance.h"
#include "runtime/types/type_descriptors.h"

namespace runtime {

StoreState::StoreState(uint64_t stackSize, std::shared_ptr<Account> account,
                       const abi::Builtins& table)
    : GuestState(stackSize), budget(std::move(account)) {
  // Compiled code reads these members of abi::ExecState.
  builtins = &table;
  results = resultSlots.data();
  abi::ExecState::typeDescriptors = runtime::typeDescriptors();
  fuel = abi::kUnlimitedFuel;
}

StoreState::~StoreState() = default;

base::Result<Memory*> StoreState::createMemory(const abi::MemoryType& type,
                                               std::shared_ptr<MemoryPool> pool) {
  if ((type.flags & abi::kShared) != 0) {
    TRY_ASSIGN(auto shared, Memory::createShared(type, budget.account()));
    return addShared(std::move(shared));
  }
  TRY_ASSIGN(auto memory, Memory::create(type, budget, std::move(pool)));
  // The trap handler must find the memory before a guest can access it.
  guardedRanges.push_back(memory.get());
  memories.push_back(std::move(memory));
  return memories.back().get();
}

Memory* StoreState::addShared(std::shared_ptr<Memory> memory) {
  Memory* added = memory.get();
  if (std::ranges::find(sharedMemories, memory) != sharedMemories.end()) return added;
  guardedRanges.push_back(added);
  sharedMemories.push_back(std::move(memory));
  return added;
}

base::Result<Table*> StoreState::createTable(const abi::TableType& type, void* initial) {
  TRY_ASSIGN(auto table, Table::create(type, initial, budget));
  tables.push_back(std::move(table));
  return tables.back().get();
}

Global* StoreState::add(std::unique_ptr<Global> global) {
  globals.push_back(std::move(global));
  return globals.back().get();
}

Tag* StoreState::createTag(uint32_t typeId, std::string name) {
  tags.push_back(std::make_unique<Tag>(*this, typeId, std::move(name)));
  return tags.back().get();
}

void StoreState::removeItems(std::span<const Instance* const> removed) {
  std::unordered_set<const void*> items;
  for (const Instance* instance : removed) {
    for (const Memory* memory : instance->ownMemories()) {
      items.insert(memory);
      items.insert(static_cast<const GuardedRange*>(memory));
    }
    items.insert(instance->ownTables().begin(), instance->ownTables().end());
    items.insert(instance->ownGlobals().begin(), instance->ownGlobals().end());
    items.insert(instance->ownTags().begin(), instance->ownTags().end());
    budget.giveBack(instance->demand());
    // The heap may have objects of the module's types, of which it does not know the module.
    std::span<const uint32_t> ids = instance->module().typeIds();
    auto isHeld = [this](uint32_t id) { return heldModuleTypes.contains(id); };
    if (std::ranges::all_of(ids, isHeld)) continue;
    heldTypes.emplace_back(instance->module().descriptor().types);
    heldModuleTypes.insert(ids.begin(), ids.end());
  }
  auto isRemoved = [&items](const auto& item) { return items.contains(&*item); };
  std::erase_if(guardedRanges, isRemoved);
  std::erase_if(memories, isRemoved);
  std::erase_if(sharedMemories, isRemoved);
  std::erase_if(tables, isRemoved);
  std::erase_if(globals, isRemoved);
  std::erase_if(tags, isRemoved);
}

void StoreState::learnEntryThunks(const Module& module) {
  const abi::ModuleDescriptor& descriptor = module.descriptor();
  for (uint32_t i = 0; i < descriptor.types.count; ++i) {
    void* thunk = descriptor.types[i].entryThunk.get();
    if (thunk == nullptr) continue;
    uint32_t id = module.typeId(i);
    if (id >= entryThunks.size()) entryThunks.resize(id + 1);
    entryThunks[id] = reinterpret_cast<EntryThunk>(thunk);
  }
}

void StoreState::learnEntryThunk(uint32_t typeId, EntryThunk thunk) {
  if (typeId >= entryThunks.size()) entryThunks.resize(typeId + 1);
  if (entryThunks[typeId] == nullptr) entryThunks[typeId] = thunk;
}

void StoreState::relearnEntryThunks() {
  entryThunks.clear();
  for (const auto& instance : instances) learnEntryThunks(instance->module());
  for (const auto& f : hostFuncs) learnEntryThunk(f->typeId(), f->entryThunk());
}

}  // namespace runtime
