// The instantiation of a module (core specification, section "Modules: Instantiation"), with a
// member function for each step.
#pragma once

#include <functional>
#include <memory>
#include <span>

#include "runtime/instance/instance.h"
#include "runtime/instance/store_state.h"
#include "runtime/instantiate/const_expr.h"

namespace runtime {

// One instantiation. The store and the imports must outlive it.
class Instantiation {
 public:
  Instantiation(StoreState& store, std::shared_ptr<const Module> module,
                std::span<const Extern> imports);
  ~Instantiation();
  Instantiation(const Instantiation&) = delete;
  Instantiation& operator=(const Instantiation&) = delete;
  // Returns the instance, which the store owns, or fails as Store::instantiate documents. Called
  // once.
  Expected<Instance*, Failure> run(const std::function<void(Instance&)>& published);

  // Binds an imported function of an instance to another one of its store. `import` is its index
  // among the imports. No function of the instance may be active, since code loads its imports only
  // once. Elements of tables that refer to the import call the function before until they are set
  // again. Fails if the type does not match.
  static base::Result<void> rebind(Instance& instance, uint32_t import, const Func& function);

 private:
  // Returns whether the module can create objects, so that the store needs a heap.
  bool hasObjects() const;
  base::Result<void> matchImports() const;
  base::Result<void> bindImports();
  base::Result<void> bindFunction(const abi::Import& import, const Extern& value, uint32_t index);
  abi::ImportedFunction bindSlotFunction(const HostFunction& function, uint32_t typeId);
  void fillFuncRefs();
  void createTags();
  base::Result<void> allocateMemories();
  base::Result<void> bindCrossInstanceCalls();
  static base::Result<void> bindCrossInstanceCall(Instance& instance, const abi::Import& import,
                                                  abi::ImportedFunction& function);
  Expected<void, Trap> initGlobals();
  Expected<void, Failure> allocateTables();
  Expected<void, Trap> evaluateElements();
  void publish();
  Expected<void, Trap> runActiveSegments();
  Expected<void, Trap> callStart();

  // Returns the offset of an active segment. `limitFlags` are those of its table or memory, whose
  // address type determines whether the value is 32 or 64 bits.
  Expected<uint64_t, Trap> offset(const abi::ConstExpr& expression, uint32_t limitFlags) const;

  StoreState& store_;
  const Module& module_;
  const abi::ModuleDescriptor& descriptor_;
  std::span<const Extern> imports_;
  std::unique_ptr<Instance> owner_;  // null once publish() has moved it to the store
  bool isBudgeted_ = false;          // whether the instance has been taken from the budget
  bool isComplete_ = false;
  Instance* instance_;
  ContextView context_;
  ConstScope scope_;
  Instance* outerUnpublished_;  // of an instantiation during which this one runs
  // The types of the imported functions themselves, which may be subtypes of the imports' types.
  std::vector<uint32_t> importedTypeIds_;
};

}  // namespace runtime
