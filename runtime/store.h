// The store, as the specification has it: owns instances and what they share. One thread at
// a time uses a store and what belongs to it; a store may move between threads, and several stores
// run in parallel.
#pragma once

#include <memory>
#include <optional>
#include <span>

#include "runtime/instance/extern.h"
#include "runtime/instance/instance.h"
#include "runtime/instance/limits.h"
#include "runtime/module/module.h"
#include "runtime/types/value.h"

namespace runtime {

struct StoreState;

struct StoreOptions {
  // Size in bytes of the stack that guest code and the host functions it calls run on, per thread.
  // At least 512 KiB, rounded up to pages. Pages take memory only once they are used.
  uint64_t stackSize = uint64_t{8} << 20;
  Limits limits;
};

// What it has created lives as long as the store itself.
class Store {
 public:
  explicit Store(const StoreOptions& options = {});
  // No call into the store is active.
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // Instantiates a module with one import per row of ModuleDescriptor::imports, in
  // order. Returns the instance, which the store owns.
  // Fails with an Error where an import does not match or memory cannot be had; with a Trap where
  // an active segment is out of bounds or the start function traps, and then what was written
  // before stays written. A Linker finds the imports by name.
  Expected<Instance*, Failure> instantiate(std::shared_ptr<const Module> module,
                                           std::span<const Extern> imports);

  // Create objects that guests can import; the store owns them. Type indices in the types are
  // canonical ids. Fail where the initial value does not fit the type, or where memory cannot be
  // had.
  base::Result<Memory*> createMemory(const abi::MemoryType& type);
  base::Result<Table*> createTable(const abi::TableType& type, const Value& initial);
  base::Result<Global*> createGlobal(const abi::GlobalType& type, const Value& initial);
  // The tag's type is final, in a recursive group of its own.
  Tag* createTag(const FuncType& type);

  // Returns the function that a non-null funcref refers to.
  Func function(abi::FuncRef* reference);

  // For the runtime and its tests.
  StoreState& state() const { return *state_; }

 private:
  std::unique_ptr<StoreState> state_;
};

}  // namespace runtime
