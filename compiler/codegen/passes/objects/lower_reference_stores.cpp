#include "compiler/codegen/passes/objects/lower_reference_stores.h"

#include <llvm/IR/InstIterator.h>

#include "compiler/codegen/abi/abi_lowering.h"
#include "compiler/codegen/passes/analysis/runtime_calls.h"
#include "runtime/abi/object.h"

namespace codegen {
namespace {

using llvm::CallInst;
using llvm::Value;

void expand(CallInst& call) {
  AbiLowering abi(call.getContext(), true);
  llvm::IRBuilder<> ir(&call);
  Value* context = call.getArgOperand(0);
  Value* address = call.getArgOperand(1);
  llvm::StoreInst* store = ir.CreateStore(call.getArgOperand(2), address);
  store->copyMetadata(call, {llvm::LLVMContext::MD_tbaa, llvm::LLVMContext::MD_alias_scope,
                             llvm::LLVMContext::MD_noalias});
  Value* state = abi.loadInvariant(ir, ir.getPtrTy(), context, offsetof(abi::ContextHeader, state));
  // The heap exists before code with objects runs, and its cards stay where they are.
  Value* cards = abi.loadInvariant(
      ir, ir.getPtrTy(), state,
      offsetof(abi::ExecState, allocation) + offsetof(abi::AllocationState, cards));
  Value* card =
      ir.CreateLShr(ir.CreatePtrToInt(address, ir.getInt64Ty()), ir.getInt64(abi::kCardSizeLog2));
  ir.CreateStore(ir.getInt8(1), ir.CreatePtrAdd(cards, card));
  call.eraseFromParent();
}

}  // namespace

llvm::PreservedAnalyses LowerReferenceStores::run(llvm::Function& function,
                                                  llvm::FunctionAnalysisManager&) {
  llvm::SmallVector<CallInst*> calls;
  for (llvm::Instruction& instruction : llvm::instructions(function)) {
    if (isCallOf(instruction, kStoreReference)) calls.push_back(llvm::cast<CallInst>(&instruction));
  }
  for (CallInst* call : calls) expand(*call);
  return calls.empty() ? llvm::PreservedAnalyses::all() : llvm::PreservedAnalyses::none();
}

}  // namespace codegen
