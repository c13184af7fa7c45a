// A module instance: its context, and what it exports. Owned by its store.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "runtime/instance/context.h"
#include "runtime/instance/extern.h"
#include "runtime/module/module.h"

namespace runtime {

class Instance {
 public:
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  const Module& module() const { return *module_; }

  // Return an export by name; nothing or null where there is none of that kind.
  std::optional<Extern> exportNamed(std::string_view name) const;
  std::optional<Func> function(std::string_view name) const;
  Memory* memory(std::string_view name) const;
  Table* table(std::string_view name) const;
  Global* global(std::string_view name) const;
  Tag* tag(std::string_view name) const;
  // Returns the value of an export; `entry` is a row of this instance's module.
  Extern exported(const abi::Export& entry) const;
  // What is exported as "memory"; null where nothing is.
  Memory* mainMemory() const { return mainMemory_; }

  // By index, imports first.
  Memory& memoryAt(uint32_t index) const { return *memories_[index]; }
  Table& tableAt(uint32_t index) const { return *tables_[index]; }

  // memory.init, data.drop, table.init, elem.drop. Return None, or why they trap; then nothing was
  // written.
  abi::TrapCode memoryInit(uint32_t memory, uint32_t segment, uint64_t to, uint64_t from,
                           uint64_t count);
  void dataDrop(uint32_t segment) { dataDropped_[segment] = true; }
  abi::TrapCode tableInit(uint32_t table, uint32_t segment, uint64_t to, uint64_t from,
                          uint64_t count);
  void elemDrop(uint32_t segment) { elements_[segment] = {}; }

 private:
  friend class Instantiation;
  using References = std::vector<void*>;

  Instance(GuestState& state, std::shared_ptr<const Module> module);
  const abi::Export* findExport(std::string_view name, abi::ExternKind kind) const;
  ContextView view() const { return {context_.get(), module_->descriptor().counts}; }
  // Returns null for a function of which no reference can exist.
  abi::FuncRef* funcRef(uint32_t functionIndex) const;

  GuestState* state_;
  std::shared_ptr<const Module> module_;
  ContextOwner context_;
  std::vector<Memory*> memories_;  // by index, imports first; likewise the next three
  std::vector<Table*> tables_;
  std::vector<Global*> globals_;
  std::vector<Tag*> tags_;
  std::vector<std::unique_ptr<Caller>> callers_;  // of the host functions it imports
  std::vector<std::unique_ptr<abi::CrossInstanceCall>> crossInstanceCalls_;
  std::vector<References> elements_;  // by segment; empty once dropped
  std::vector<bool> dataDropped_;
  Memory* mainMemory_ = nullptr;
};

}  // namespace runtime
