// One part of a module as an llvm::Module under construction, and what its functions share.
#pragma once

#include <llvm/IR/DIBuilder.h>
#include <llvm/IR/Module.h>

#include <memory>
#include <vector>

#include "compiler/codegen/abi/abi_lowering.h"
#include "compiler/codegen/options.h"
#include "compiler/codegen/plan/module_plan.h"
#include "compiler/codegen/target/target.h"

namespace codegen {

class ModuleBuilder {
 public:
  // All arguments must outlive the builder, and `context` the module as well.
  ModuleBuilder(const ModulePlan& plan, const Target& target, const Options& options,
                llvm::LLVMContext& context);

  // Returns the module, complete. The builder is of no use then.
  std::unique_ptr<llvm::Module> take();

  const ModulePlan& plan() const { return plan_; }
  const wasm::Module& source() const { return plan_.module(); }
  const Target& target() const { return target_; }
  const Options& options() const { return options_; }

  // Whether code may be wrong if an imported memory has 65,536 pages.
  bool reliesOnHeadroom() const;
  // Whether code finds memory 0 by the segment base.
  bool needsSegmentBase() const;
  const AbiLowering& abi() const { return abi_; }
  llvm::Module& module() { return *module_; }
  llvm::LLVMContext& context() { return module_->getContext(); }

  // Returns the declaration or definition of an own function; and how it is entered.
  llvm::Function* function(uint32_t functionIndex);
  Entry entryOf(uint32_t functionIndex) const {
    return plan_.makesTailCalls(functionIndex) ? Entry::Tail : Entry::Fast;
  }

  // Returns the declaration of the thunk for calls of functions of this type in other instances.
  llvm::Function* crossInstanceThunk(uint32_t typeIndex);
  // The indices of the types whose thunk was asked for.
  std::vector<uint32_t> crossInstanceTypes() const;

  // Returns the line-table scope of a function's definition, for the locations of its instructions.
  llvm::DISubprogram* createSubprogram(llvm::Function* function, uint32_t functionIndex);

  // Has `function` compiled for this target's CPU and the level of optimisation.
  void addTargetAttributes(llvm::Function& function) const;

 private:
  const ModulePlan& plan_;
  const Target& target_;
  const Options& options_;
  AbiLowering abi_;
  std::unique_ptr<llvm::Module> module_;
  llvm::DIBuilder debug_;
  llvm::DIFile* debugFile_;
  llvm::DISubroutineType* debugType_;
  std::vector<llvm::Function*> functions_;            // by function index; made when first needed
  std::vector<llvm::Function*> crossInstanceThunks_;  // by type index; made when first needed
};

}  // namespace codegen
