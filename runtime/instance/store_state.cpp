#include "runtime/instance/store_state.h"

#include <utility>

#include "runtime/instance/instance.h"
#include "runtime/types/type_descriptors.h"

namespace runtime {

StoreState::StoreState(uint64_t stackSize, const Limits& limits, const abi::Builtins& table)
    : GuestState(stackSize), budget(limits) {
  // Compiled code reads these members of abi::ExecState.
  builtins = &table;
  results = resultSlots.data();
  abi::ExecState::typeDescriptors = runtime::typeDescriptors();
}

StoreState::~StoreState() = default;

base::Result<Memory*> StoreState::createMemory(const abi::MemoryType& type) {
  TRY_ASSIGN(auto memory, Memory::create(type, budget));
  // The trap handler must find the memory before a guest can access it.
  guardedRanges.push_back(memory.get());
  memories.push_back(std::move(memory));
  return memories.back().get();
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

}  // namespace runtime
