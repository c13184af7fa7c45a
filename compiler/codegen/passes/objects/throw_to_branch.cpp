#include "compiler/codegen/passes/objects/throw_to_branch.h"

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/Transforms/Utils/BasicBlockUtils.h>

#include "compiler/codegen/passes/analysis/runtime_calls.h"

namespace codegen {
namespace {

using llvm::BasicBlock;
using llvm::Value;

// The landing pad of one block, and the code behind it, which other code can branch to as well.
class SplitPad {
 public:
  explicit SplitPad(BasicBlock* pad) : landing_(pad->getLandingPadInst()) {
    body_ = llvm::SplitBlock(pad, landing_->getNextNode());
    llvm::IRBuilder<> ir(body_, body_->begin());
    merged_ = ir.CreatePHI(landing_->getType(), 2);
    landing_->replaceAllUsesWith(merged_);
    merged_->addIncoming(landing_, pad);
  }

  // Replaces a throw whose landing pad this is.
  void redirect(llvm::InvokeInst& invoke) {
    llvm::IRBuilder<> ir(&invoke);
    Value* result = ir.CreateInsertValue(llvm::PoisonValue::get(landing_->getType()),
                                         invoke.getArgOperand(1), 0);
    BasicBlock* from = invoke.getParent();
    merged_->addIncoming(result, from);
    invoke.getNormalDest()->removePredecessor(from);
    landing_->getParent()->removePredecessor(from);
    ir.CreateBr(body_);
    invoke.eraseFromParent();
  }

 private:
  llvm::LandingPadInst* landing_;
  BasicBlock* body_;
  llvm::PHINode* merged_;
};

// Returns whether the block begins with the landing pad. With phis before it, their values for the
// throwing block would have to be merged as well; such blocks are left alone.
bool isSimplePad(const BasicBlock& pad) { return llvm::isa<llvm::LandingPadInst>(pad.front()); }

}  // namespace

llvm::PreservedAnalyses ThrowToBranch::run(llvm::Function& function,
                                           llvm::FunctionAnalysisManager&) {
  llvm::MapVector<BasicBlock*, llvm::SmallVector<llvm::InvokeInst*>> throws;
  for (llvm::Instruction& instruction : llvm::instructions(function)) {
    auto* invoke = llvm::dyn_cast<llvm::InvokeInst>(&instruction);
    if (invoke == nullptr || !isCallOf(*invoke, kThrow)) continue;
    if (isSimplePad(*invoke->getUnwindDest())) throws[invoke->getUnwindDest()].push_back(invoke);
  }
  for (auto& [pad, invokes] : throws) {
    SplitPad split(pad);
    for (llvm::InvokeInst* invoke : invokes) split.redirect(*invoke);
  }
  return throws.empty() ? llvm::PreservedAnalyses::all() : llvm::PreservedAnalyses::none();
}

}  // namespace codegen
