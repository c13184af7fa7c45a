#include "compiler/codegen/passes/loops/licm_loop_versioning.h"

#include <llvm/Analysis/LoopAccessAnalysis.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/IR/Dominators.h>
#include <llvm/Transforms/Utils/LoopUtils.h>
#include <llvm/Transforms/Utils/LoopVersioning.h>

#include "compiler/codegen/abi/abi_lowering.h"
#include "compiler/codegen/target/llvm_process.h"

namespace codegen {

using llvm::Loop;

namespace {

// Returns true if the loop has an access to linear memory with an invariant address, and a store
// with another one.
bool hasPromotableAccess(const Loop& loop) {
  bool hasStore = false, hasInvariant = false;
  for (const llvm::BasicBlock* block : loop.blocks()) {
    for (const llvm::Instruction& instruction : *block) {
      const llvm::Value* pointer = llvm::getLoadStorePointerOperand(&instruction);
      if (pointer == nullptr || !AbiLowering::isInScope(instruction, Scope::Memory)) continue;
      bool isInvariant = loop.isLoopInvariant(pointer);
      hasInvariant |= isInvariant;
      hasStore |= !isInvariant && llvm::isa<llvm::StoreInst>(instruction);
    }
  }
  return hasStore && hasInvariant;
}

bool isSuitable(const Loop& loop) {
  return loop.isInnermost() && loop.isLoopSimplifyForm() && loop.isRotatedForm() &&
         loop.getExitingBlock() != nullptr && hasPromotableAccess(loop);
}

llvm::MDNode* disabled(llvm::LLVMContext& context, const char* transformation) {
  auto* no = llvm::ConstantAsMetadata::get(llvm::ConstantInt::getFalse(context));
  return llvm::MDNode::get(context, {llvm::MDString::get(context, transformation), no});
}

// The version for overlapping ranges is rarely executed and should stay small.
void disableVectorizing(Loop& loop, llvm::LLVMContext& context) {
  llvm::MDNode* noUnrolling =
      llvm::MDNode::get(context, llvm::MDString::get(context, "llvm.loop.unroll.disable"));
  loop.setLoopID(llvm::makePostTransformationMetadata(
      context, loop.getLoopID(), {},
      {disabled(context, "llvm.loop.vectorize.enable"), noUnrolling}));
}

}  // namespace

llvm::AnalysisKey HasVersionedLoops::Key;

bool versionLoop(Loop& loop, const llvm::LoopAccessInfo& info, llvm::LoopInfo& loops,
                 llvm::DominatorTree& dominators, llvm::ScalarEvolution& evolution) {
  unsigned comparisons = info.getNumRuntimePointerChecks();
  if (info.hasConvergentOp() || comparisons == 0 || comparisons > kMaxRuntimeChecks) return false;
  llvm::formLCSSARecursively(loop, dominators, &loops, &evolution);
  llvm::LoopVersioning versioning(info, info.getRuntimePointerChecking()->getChecks(), &loop,
                                  &loops, &dominators, &evolution);
  versioning.versionLoop();
  versioning.annotateLoopWithNoAlias();
  disableVectorizing(*versioning.getNonVersionedLoop(), loop.getHeader()->getContext());
  return true;
}

llvm::PreservedAnalyses LicmLoopVersioning::run(llvm::Function& function,
                                                llvm::FunctionAnalysisManager& analyses) {
  auto& loops = analyses.getResult<llvm::LoopAnalysis>(function);
  llvm::SmallVector<Loop*, 8> suitable;
  llvm::copy_if(loops.getLoopsInPreorder(), std::back_inserter(suitable),
                [](const Loop* loop) { return isSuitable(*loop); });
  if (suitable.empty()) return llvm::PreservedAnalyses::all();

  auto& dominators = analyses.getResult<llvm::DominatorTreeAnalysis>(function);
  auto& evolution = analyses.getResult<llvm::ScalarEvolutionAnalysis>(function);
  auto& accesses = analyses.getResult<llvm::LoopAccessAnalysis>(function);
  bool hasChanged = false;
  for (Loop* loop : suitable) {
    const llvm::LoopAccessInfo& info = accesses.getInfo(*loop);
    if (!versionLoop(*loop, info, loops, dominators, evolution)) continue;
    accesses.clear();
    hasChanged = true;
  }
  if (!hasChanged) return llvm::PreservedAnalyses::all();
  analyses.getResult<HasVersionedLoops>(function);
  llvm::PreservedAnalyses preserved;
  preserved.preserve<HasVersionedLoops>();
  return preserved;
}

}  // namespace codegen
