#include "runtime/instance/store_state.h"

#include <utility>

#include "runtime/instance/heap_size.h"
#include "runtime/instance/instance.h"
#include "runtime/instance/roots.h"
#include "runtime/types/type_descriptors.h"

namespace runtime {

namespace {

// In bytes.
constexpr uint64_t kLeastChosenHeap = uint64_t{16} << 20;

}  // namespace

StoreState::StoreState(uint64_t stackSize, const Limits& limits, const abi::Builtins& table)
    : GuestState(stackSize), budget(limits) {
  // Compiled code reads these members of abi::ExecState.
  builtins = &table;
  results = resultSlots.data();
  abi::ExecState::typeDescriptors = runtime::typeDescriptors();
}

StoreState::~StoreState() = default;

base::Result<void> StoreState::createHeap() {
  if (heap != nullptr) return {};
  HeapOptions options = heapOptions;
  bool isChosen = options.maxBytes == 0;
  if (isChosen) options.maxBytes = defaultHeapBytes();
  for (;; options.maxBytes /= 2) {
    auto created = Heap::create(allocation, runtime::typeDescriptors(), *this, options);
    if (created) {
      heap = std::move(*created);
      return {};
    }
    // A process with little address space (ulimit -v) gets a smaller heap, unless it asked for
    // this.
    if (!isChosen || options.maxBytes <= kLeastChosenHeap) return std::move(created).error();
  }
}

void StoreState::visitRoots(RootVisitor& visitor) { visitRootsOf(*this, visitor); }

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
