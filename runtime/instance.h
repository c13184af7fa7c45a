// A module instance: its context, and what it exports. Owned by its store.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "runtime/extern.h"
#include "runtime/module.h"

namespace runtime {

class Instance {
 public:
  ~Instance();
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  const Module& module() const { return *module_; }
  Store& store() const { return *store_; }

  // An export by name; nothing, or null, where there is none or it is of another kind.
  std::optional<Extern> exportNamed(std::string_view name) const;
  std::optional<Func> function(std::string_view name) const;
  Memory* memory(std::string_view name) const;
  Table* table(std::string_view name) const;
  Global* global(std::string_view name) const;
  // The export's value; `entry` is of this instance's module.
  Extern exported(const abi::Export& entry) const;

 private:
  friend class Instantiation;
  friend class InstanceAccess;

  // What an element segment still holds; empty once dropped.
  using References = std::vector<void*>;

  Instance(Store& store, std::shared_ptr<const Module> module);
  const abi::Export* findExport(std::string_view name) const;

  Store* store_;
  std::shared_ptr<const Module> module_;
  abi::VMContext* context_;
  std::vector<Memory*> memories_;  // by index, imports first; likewise the next two
  std::vector<Table*> tables_;
  std::vector<Global*> globals_;
  std::vector<std::unique_ptr<abi::HostBinding>> hostBindings_;
  std::vector<References> elements_;
  std::vector<bool> dataDropped_;
  Memory* memoryExport_ = nullptr;  // exported as "memory"
};

}  // namespace runtime
