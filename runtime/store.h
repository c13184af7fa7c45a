// A store, as the specification has it: owns all that runs together. One thread at a time uses a
// store, and all that belongs to it; it may move between threads, and several run in parallel.
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
  // The stack that guest code and the host functions it calls run on, per thread. Raised to 512 KiB
  // if less, rounded up to pages; touched only as far as used.
  uint64_t stackSize = uint64_t{8} << 20;
  Limits limits;
};

class Store {
 public:
  explicit Store(const StoreOptions& options = {});
  // No call into the store is under way.
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // Instantiates with one import per ModuleDescriptor::imports row, in order.
  // Fails with an Error where an import does not match or memory cannot be had; with a Trap where
  // an active segment is out of bounds or the start function traps, and then what was written
  // before stays written. A Linker finds the imports by name.
  Expected<Instance*, Failure> instantiate(std::shared_ptr<const Module> module,
                                           std::span<const Extern> imports);

  // Objects of the host's own, to be imported by guests. Borrowed from the store. Type indices are
  // canonical ids; an initial value fits its type.
  base::Result<Memory*> createMemory(const abi::MemoryType& type);
  base::Result<Table*> createTable(const abi::TableType& type, const Value& initial);
  base::Result<Global*> createGlobal(const abi::GlobalType& type, const Value& initial);
  // A final type in a group of its own.
  Tag* createTag(const FuncType& type);

  // The function that a non-null funcref refers to.
  Func function(abi::FuncRef* reference);

  // The store's inside, for the rest of the runtime.
  StoreState& state() const { return *state_; }

 private:
  std::unique_ptr<StoreState> state_;
};

}  // namespace runtime
