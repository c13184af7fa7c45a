#include "compiler/codegen/translate/builder/trap_sites.h"

#include <llvm/IR/MDBuilder.h>

#include "compiler/codegen/translate/builder/function_builder.h"

namespace codegen {

using llvm::BasicBlock;

void trapIf(FunctionBuilder& f, llvm::Value* condition, abi::TrapCode code) {
  if (auto* known = llvm::dyn_cast<llvm::ConstantInt>(condition); known && known->isZero()) return;
  BasicBlock* trap = newBlock(f, "trap");
  BasicBlock* next = newBlock(f, "");
  f.ir.CreateCondBr(condition, trap, next,
                    llvm::MDBuilder(f.ir.getContext()).createUnlikelyBranchWeights());
  f.ir.SetInsertPoint(trap);
  trapNow(f, code);
  f.ir.SetInsertPoint(next);
}

void trapNow(FunctionBuilder& f, abi::TrapCode code) {
  f.fuel.saveForTrap();
  f.abi.createTrap(f.ir, code);
}

}  // namespace codegen
