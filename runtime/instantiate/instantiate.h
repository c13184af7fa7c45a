// Instantiation: a member function per step, in the specification's order.
#pragma once

#include <memory>
#include <span>

#include "runtime/instance/instance.h"
#include "runtime/instance/store_state.h"
#include "runtime/instantiate/const_expr.h"

namespace runtime {

class Instantiation {
 public:
  Instantiation(StoreState& store, std::shared_ptr<const Module> module,
                std::span<const Extern> imports);
  Expected<Instance*, Failure> run();

 private:
  base::Result<void> matchImports() const;
  Demand demand() const;
  base::Result<void> bindImports();
  base::Result<void> bindFunction(const abi::Import& import, const Extern& value, uint32_t index);
  void fillFuncRefs();
  void createTags();
  base::Result<void> allocateMemories();
  base::Result<void> bindCrossInstanceCalls();
  void initGlobals();
  base::Result<void> allocateTables();
  void evaluateElements();
  void publish();
  void learnEntryThunks();
  Expected<void, Trap> runActiveSegments();
  Expected<void, Trap> callStart();

  // An active segment's offset, as the index type of what it goes to has it.
  uint64_t offset(const abi::ConstExpr& expression, uint32_t limitFlags) const;

  StoreState& store_;
  const Module& module_;
  const abi::ModuleDescriptor& descriptor_;
  std::span<const Extern> imports_;
  std::unique_ptr<Instance> owner_;  // until published
  Instance* instance_;
  ContextView context_;
  ConstScope scope_;
  std::vector<uint32_t> importedTypeIds_;  // the functions' own types, maybe below the imports'
};

}  // namespace runtime
