#include "compiler/codegen/passes/traps/fake_uses.h"

#include <llvm/ADT/SmallPtrSet.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/IntrinsicInst.h>

#include "compiler/codegen/passes/analysis/trapping_load.h"

namespace codegen {

using llvm::dyn_cast;
using llvm::Instruction;
using llvm::isa;
using llvm::LoadInst;
using llvm::Value;

namespace {

bool isFakeUse(const Instruction& instruction) {
  auto* intrinsic = dyn_cast<llvm::IntrinsicInst>(&instruction);
  return intrinsic != nullptr && intrinsic->getIntrinsicID() == llvm::Intrinsic::fake_use;
}

// Makes the loads that operands of fake uses consist of volatile. EarlyCSE may have replaced a load
// by a conversion of another one, and LICM by a phi of new loads without fake uses of their own.
class UsedLoads {
 public:
  void restore(Value* used) {
    llvm::SmallVector<Value*> pending{used};
    while (!pending.empty()) {
      auto* value = dyn_cast<Instruction>(pending.pop_back_val());
      if (value == nullptr || !seen_.insert(value).second) continue;
      if (auto* load = dyn_cast<LoadInst>(value)) {
        load->setVolatile(true);
      } else if (isa<llvm::PHINode, llvm::SelectInst, llvm::CastInst, llvm::FreezeInst>(value)) {
        pending.append(value->op_begin(), value->op_end());
      }
    }
  }

 private:
  llvm::SmallPtrSet<const Value*, 16> seen_;
};

}  // namespace

llvm::PreservedAnalyses InsertFakeUses::run(llvm::Function& function,
                                            llvm::FunctionAnalysisManager&) {
  llvm::SmallVector<LoadInst*> loads;
  for (Instruction& instruction : llvm::instructions(function)) {
    if (LoadInst* load = asTrappingLoad(instruction)) loads.push_back(load);
  }
  if (loads.empty()) return llvm::PreservedAnalyses::all();
  llvm::Function* use =
      llvm::Intrinsic::getOrInsertDeclaration(function.getParent(), llvm::Intrinsic::fake_use);
  for (LoadInst* load : loads) {
    load->setVolatile(false);
    llvm::IRBuilder<>(load->getNextNode()).CreateCall(use, load);
  }
  return preservedBesideAccesses(true);
}

llvm::PreservedAnalyses RemoveFakeUses::run(llvm::Function& function,
                                            llvm::FunctionAnalysisManager&) {
  UsedLoads loads;
  bool hasChanged = false;
  for (Instruction& instruction : llvm::make_early_inc_range(llvm::instructions(function))) {
    if (!isFakeUse(instruction)) continue;
    loads.restore(instruction.getOperand(0));
    instruction.eraseFromParent();
    hasChanged = true;
  }
  return preservedBesideAccesses(hasChanged);
}

}  // namespace codegen
