// The builder of an llvm::Module for one partition of a WebAssembly module, or for its descriptor,
// and the declarations that its functions share.
#pragma once

#include <llvm/ADT/DenseMap.h>
#include <llvm/IR/DIBuilder.h>
#include <llvm/IR/Module.h>

#include <memory>
#include <vector>

#include "compiler/codegen/abi/abi_lowering.h"
#include "compiler/codegen/options.h"
#include "compiler/codegen/plan/module_plan.h"
#include "compiler/codegen/target/target.h"

namespace codegen {

// For one thread, like the LLVMContext; different partitions are built in parallel.
class ModuleBuilder {
 public:
  // Creates an empty llvm::Module for the target. All arguments must outlive the builder; `context`
  // must outlive the llvm::Module as well.
  ModuleBuilder(const ModulePlan& plan, const Target& target, const Options& options,
                llvm::LLVMContext& context);

  // Completes the debug information and returns the module. The builder must not be used
  // afterwards.
  std::unique_ptr<llvm::Module> take();

  const ModulePlan& plan() const { return plan_; }
  const wasm::Module& source() const { return plan_.module(); }
  const Target& target() const { return target_; }
  const Options& options() const { return options_; }

  // Returns whether optimized code relies on memories having at most 65,535 pages
  // (abi::kMaxPagesWithHeadroom), as iv-widening does. The descriptor must tell the runtime to
  // refuse larger imports.
  bool reliesOnHeadroom() const;
  // Returns whether code addresses memory 0 relative to the segment base (gs-relative-addressing).
  bool needsSegmentBase() const;
  const AbiLowering& abi() const { return abi_; }
  llvm::Module& module() { return *module_; }
  llvm::LLVMContext& context() { return module_->getContext(); }

  // Returns the declaration or definition of a function that is not an import. It is declared on
  // the first call.
  llvm::Function* function(uint32_t functionIndex);
  // Returns a function of Entry::Fast that calls such a function, whose entry must be Entry::Tail.
  // It is local to the llvm::Module, and added on the first call.
  llvm::Function* fastCaller(uint32_t functionIndex);
  // Makes `caller` a function of Entry::Fast that calls `callee`, whose entry is Entry::Tail and
  // whose type it has.
  void defineFastCaller(llvm::Function& caller, llvm::Function& callee) const;
  // Returns the calling convention of the code of such a function.
  Entry entryOf(uint32_t functionIndex) const {
    return plan_.makesTailCalls(functionIndex) ? Entry::Tail : Entry::Fast;
  }

  // Return the declarations of kNewObject, kNewArray, kStoreReference and kThrow (runtime_calls.h),
  // which are added on the first call.
  llvm::Function* newObject();
  llvm::Function* newArray();
  llvm::Function* storeReference();
  llvm::Function* throwException();
  // Returns the personality function of functions with landing pads, which LLVM demands. In an
  // artifact it is not a function but the number 0; in a linked module it is hidden, and the
  // descriptor's object file defines it (target/personality_encoding.h).
  llvm::Function* personality();

  // Returns the declaration of the cross-instance thunk for a type (thunks.h), which is added on
  // the first call. The object file of the descriptor defines it.
  llvm::Function* crossInstanceThunk(uint32_t typeIndex);
  // Returns the indices of the types for which crossInstanceThunk was called, in ascending order.
  std::vector<uint32_t> crossInstanceTypes() const;

  // Creates the debug information of a function's definition and returns it. It is the scope of the
  // locations of the function's instructions, whose line numbers are byte offsets in the wasm file.
  llvm::DISubprogram* createSubprogram(llvm::Function* function, uint32_t functionIndex);

  // Adds the attributes for the target's CPU and features, and for -Os.
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
  std::vector<llvm::Function*> functions_;  // by function index; made when first needed
  llvm::DenseMap<uint32_t, llvm::Function*> fastCallers_;
  std::vector<llvm::Function*> crossInstanceThunks_;  // by type index; made when first needed
};

}  // namespace codegen
