// A module instance (core specification, section "Runtime Structure: Module Instances"): its
// context, its index spaces, its segments and its exports.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "runtime/instance/context.h"
#include "runtime/instance/extern.h"
#include "runtime/instance/host_func_instance.h"
#include "runtime/module/module.h"

namespace runtime {

// An instance of a module, made by Store::instantiate. It belongs to its store and is valid as long
// as it, or until Store::release. So are all pointers that it returns.
class Instance {
 public:
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  const Module& module() const { return *module_; }
  // Returns the address of the context, by which traces tell instances of a module apart.
  const void* context() const { return context_.get(); }
  // Returns the store.
  GuestState& state() const { return *state_; }
  // A pointer for the host's use, null at first.
  void* env() const { return env_; }
  void setEnv(void* env) { env_ = env; }

  // Return the export with this name; nothing or null if there is none, or if it is of another
  // kind. The time is linear in the number of exports.
  std::optional<Extern> exportNamed(std::string_view name) const;
  std::optional<Func> function(std::string_view name) const;
  Memory* memory(std::string_view name) const;
  Table* table(std::string_view name) const;
  Global* global(std::string_view name) const;
  Tag* tag(std::string_view name) const;
  // Returns the value of an export. `entry` must be a row of this instance's module.
  Extern exported(const abi::Export& entry) const;
  // Returns the memory that is exported as "memory", or that a position-independent library
  // imports; else null.
  Memory* mainMemory() const { return mainMemory_; }

  // Return the item with an index of the memory or table index space, in which imports come first.
  // The index must be valid.
  Memory& memoryAt(uint32_t index) const { return *memories_[index]; }
  Table& tableAt(uint32_t index) const { return *tables_[index]; }

  // Returns the index of the function that a reference refers to; nothing if the reference is not
  // one that this instance has made.
  std::optional<uint32_t> functionIndexOf(const abi::FuncRef* reference) const;

  // The instructions memory.init, data.drop, table.init and elem.drop. All indices must be valid;
  // `to`, `from` and `count` are bytes or elements and may be any numbers.
  //
  // Copies bytes [from, from + count) of a data segment, which is empty after dataDrop(). Returns
  // None, or MemoryOutOfBounds if either range is out of bounds; then nothing was written.
  abi::TrapCode memoryInit(uint32_t memory, uint32_t segment, uint64_t to, uint64_t from,
                           uint64_t count);
  void dataDrop(uint32_t segment) { dataDropped_[segment] = true; }
  // Copies elements likewise. Returns None or TableOutOfBounds.
  abi::TrapCode tableInit(uint32_t table, uint32_t segment, uint64_t to, uint64_t from,
                          uint64_t count);
  void elemDrop(uint32_t segment) { elements_[segment] = {}; }

  // Returns bytes [from, from + count) of a data segment, or nothing if they are out of bounds;
  // likewise references of an element segment.
  std::optional<std::span<const uint8_t>> dataIn(uint32_t segment, uint64_t from,
                                                 uint64_t count) const;
  std::optional<std::span<void* const>> elementsIn(uint32_t segment, uint64_t from,
                                                   uint64_t count) const;

  // Passes the elements of segments that are references to objects to `visitor`.
  void visitRoots(RootVisitor& visitor);

  // Return the items that the instance defines. Of an instantiation that has failed, the list may
  // be incomplete, but has all that the store has.
  std::span<Memory* const> ownMemories() const;
  std::span<Table* const> ownTables() const;
  std::span<Global* const> ownGlobals() const;
  std::span<Tag* const> ownTags() const;
  // Returns the memory of the instance and of its items at whose addresses others refer to it.
  std::vector<WordRange> parts() const;
  // Returns the words, in the parts and elsewhere, that may refer to other instances or to objects.
  std::vector<WordRange> words() const;
  // Returns what the instance takes of the store's budget besides its memories and tables.
  Demand demand() const;

 private:
  friend class Instantiation;
  using References = std::vector<void*>;

  Instance(GuestState& state, std::shared_ptr<const Module> module);
  std::vector<WordRange> callParts() const;
  const abi::Export* findExport(std::string_view name, abi::ExternKind kind) const;
  // Returns null for a function that has no FuncRef, since no ref.func, table or export names it.
  abi::FuncRef* funcRef(uint32_t functionIndex) const {
    std::optional<uint32_t> slot = module_->funcRefSlot(functionIndex);
    return slot ? view_.funcRefs() + *slot : nullptr;
  }

  GuestState* state_;  // of the store
  void* env_ = nullptr;
  std::shared_ptr<const Module> module_;
  ContextOwner context_;
  ContextView view_;               // of the context
  std::vector<Memory*> memories_;  // by index, imports first; likewise the next three
  std::vector<Table*> tables_;
  std::vector<Global*> globals_;
  std::vector<Tag*> tags_;
  // The contexts of imported host functions and of imports that need a cross-instance thunk. The
  // VMContext has pointers to them.
  std::vector<std::unique_ptr<Caller>> callers_;
  std::vector<std::unique_ptr<HostFuncInstance>> hostFuncs_;  // the same, with slotCode
  std::vector<std::unique_ptr<abi::CrossInstanceCall>> crossInstanceCalls_;
  std::vector<References> elements_;  // by segment; empty once dropped
  std::vector<bool> dataDropped_;
  Memory* mainMemory_ = nullptr;
};

}  // namespace runtime
