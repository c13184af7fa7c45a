#include "compiler/codegen/passes/objects/lower_throws.h"

#include <llvm/IR/InstIterator.h>
#include <llvm/Transforms/Utils/BasicBlockUtils.h>
#include <llvm/Transforms/Utils/Local.h>

#include "compiler/codegen/abi/abi_lowering.h"
#include "compiler/codegen/passes/analysis/runtime_calls.h"

namespace codegen {
namespace {

using llvm::BasicBlock;
using llvm::Value;

// The unwinder is called with the same landing pad as kThrow was, if there was one.
void expand(llvm::CallBase& call) {
  AbiLowering abi(call.getContext(), true);
  llvm::IRBuilder<> ir(&call);
  Value* context = call.getArgOperand(0);
  Value* args[] = {context, call.getArgOperand(1)};
  Value* state = abi.loadInvariant(ir, ir.getPtrTy(), context, offsetof(abi::ContextHeader, state));
  Value* code = abi.builtinAddress(ir, state, builtins::throwException);
  llvm::FunctionType* type = abi.builtinType(builtins::throwException);
  BasicBlock* trap = BasicBlock::Create(ir.getContext(), "uncaught", call.getFunction());
  if (auto* invoke = llvm::dyn_cast<llvm::InvokeInst>(&call)) {
    ir.CreateInvoke(type, code, trap, invoke->getUnwindDest(), args);
    invoke->getNormalDest()->removePredecessor(invoke->getParent());
    invoke->eraseFromParent();
  } else {
    llvm::CallInst* unwinder = ir.CreateCall(type, code, args);
    unwinder->addFnAttr(llvm::Attribute::NoMerge);
    llvm::changeToUnreachable(&call);
    llvm::ReplaceInstWithInst(unwinder->getParent()->getTerminator(),
                              llvm::BranchInst::Create(trap));
  }
  llvm::IRBuilder<> inTrap(trap);
  inTrap.SetCurrentDebugLocation(ir.getCurrentDebugLocation());
  abi.createTrap(inTrap, abi::TrapCode::UncaughtException);
}

}  // namespace

llvm::PreservedAnalyses LowerThrows::run(llvm::Function& function, llvm::FunctionAnalysisManager&) {
  llvm::SmallVector<llvm::CallBase*> calls;
  for (llvm::Instruction& instruction : llvm::instructions(function)) {
    if (isCallOf(instruction, kThrow)) calls.push_back(llvm::cast<llvm::CallBase>(&instruction));
  }
  for (llvm::CallBase* call : calls) expand(*call);
  return calls.empty() ? llvm::PreservedAnalyses::all() : llvm::PreservedAnalyses::none();
}

}  // namespace codegen
