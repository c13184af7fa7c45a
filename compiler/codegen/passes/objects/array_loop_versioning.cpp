#include "compiler/codegen/passes/objects/array_loop_versioning.h"

#include <llvm/Analysis/DomTreeUpdater.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/MDBuilder.h>
#include <llvm/Transforms/Utils/BasicBlockUtils.h>
#include <llvm/Transforms/Utils/Local.h>
#include <llvm/Transforms/Utils/LoopSimplify.h>
#include <llvm/Transforms/Utils/LoopUtils.h>
#include <llvm/Transforms/Utils/ScalarEvolutionExpander.h>

#include "compiler/codegen/abi/reference_facts.h"
#include "compiler/codegen/passes/analysis/loop_copy.h"
#include "compiler/codegen/passes/analysis/runtime_calls.h"
#include "compiler/codegen/passes/objects/array_checks.h"

namespace codegen {
namespace {

using llvm::BasicBlock;
using llvm::Instruction;
using llvm::Loop;
using llvm::SCEV;
using llvm::Value;

// Bounds the code that is duplicated for a loop.
constexpr size_t kMaxInstructions = 120;

bool collects(const Loop& loop) {
  return llvm::any_of(loop.blocks(),
                      [](const BasicBlock* block) { return llvm::any_of(*block, mayCollect); });
}

class Versioning {
 public:
  Versioning(Loop& loop, const ArrayChecks& checks, llvm::LoopInfo& loops,
             llvm::DominatorTree& dominators, llvm::ScalarEvolution& evolution)
      : loop_(loop),
        checks_(checks),
        loops_(loops),
        dominators_(dominators),
        evolution_(evolution),
        expander_(evolution, "checks"),
        ir_(loop.getHeader()->getContext()) {}

  // Returns false, and changes nothing, if what is compared cannot be computed before the loop.
  bool run() {
    guard_ = loop_.getLoopPreheader();
    if (!canExpand()) return false;
    llvm::formLCSSARecursively(loop_, dominators_, &loops_, &evolution_);
    evolution_.forgetLoop(&loop_);
    BasicBlock* entry = llvm::SplitBlock(guard_, guard_->getTerminator(), &dominators_, &loops_);
    Loop* checked = copyLoop(loop_, entry, guard_, ".checked", loops_, dominators_, evolution_);
    emitGuards(entry, checked->getLoopPreheader());
    removeChecks();
    return true;
  }

 private:
  bool canExpand() {
    const Instruction* end = guard_->getTerminator();
    return expander_.isSafeToExpandAt(checks_.moreIterations(), end) &&
           llvm::all_of(checks_.checks(), [&](const ArrayCheck& check) {
             return !check.isOfIndex() || expander_.isSafeToExpandAt(check.start, end);
           });
  }

  // Makes the guard and new blocks behind it branch to `checked` if a check might fail, and to
  // `entry` otherwise.
  void emitGuards(BasicBlock* entry, BasicBlock* checked) {
    ir_.SetInsertPoint(guard_->getTerminator());
    const SCEV* more = checks_.moreIterations();
    more_ = expander_.expandCodeFor(more, more->getType(), &*ir_.GetInsertPoint());
    condition_ = ir_.CreateFreeze(ir_.CreateICmpULE(more_, maxIterations()));
    for (const ArrayCheck& check : checks_.checks()) {
      if (check.isOfIndex()) {
        addIndex(check, entry, checked);
      } else {
        Value* condition = conditionBefore(*check.condition);
        require(check.passes ? condition : ir_.CreateNot(condition));
      }
    }
    branch(ir_.GetInsertBlock(), entry, checked);
  }

  // With fewer iterations, no index overflows 64 bits.
  Value* maxIterations() {
    unsigned bits = more_->getType()->getIntegerBitWidth();
    return llvm::ConstantInt::get(more_->getType(),
                                  llvm::APInt::getLowBitsSet(bits, std::min(bits, 32u)));
  }

  Value* conditionBefore(Value& condition) {
    if (loop_.isLoopInvariant(&condition)) return &condition;
    return ir_.Insert(llvm::cast<Instruction>(condition).clone());
  }

  void addIndex(const ArrayCheck& check, BasicBlock* entry, BasicBlock* checked) {
    Value* length = check.length;
    if (auto* load = llvm::dyn_cast<llvm::LoadInst>(length);
        load != nullptr && loop_.contains(load)) {
      startBlock(entry, checked);
      length = loadBefore(*load);
    }
    length = ir_.CreateZExt(length, ir_.getInt64Ty());
    Value* first =
        expander_.expandCodeFor(check.start, check.start->getType(), &*ir_.GetInsertPoint());
    first = ir_.CreateZExtOrTrunc(first, ir_.getInt64Ty());
    require(ir_.CreateICmpULT(first, length));
    if (check.step == 0) return;
    Value* more = ir_.CreateZExtOrTrunc(more_, ir_.getInt64Ty());
    Value* last = ir_.CreateAdd(first, ir_.CreateMul(more, ir_.getInt64(check.step)));
    require(ir_.CreateICmpULT(last, length));
  }

  Value* loadBefore(llvm::LoadInst& load) {
    llvm::APInt offset(64, 0);
    Value* base = load.getPointerOperand()->stripAndAccumulateConstantOffsets(
        load.getDataLayout(), offset, /*AllowNonInbounds=*/true);
    Value* address = ir_.CreatePtrAdd(base, ir_.getInt64(offset.getSExtValue()));
    llvm::LoadInst* early = ir_.CreateAlignedLoad(load.getType(), address, load.getAlign());
    early->copyMetadata(load);
    return early;
  }

  // Operands of a later check can be poison where an earlier one fails.
  void require(Value* condition) {
    condition_ = ir_.CreateAnd(condition_, ir_.CreateFreeze(condition));
  }

  // Branches to `checked` unless the conditions so far hold, and goes on in a new block.
  void startBlock(BasicBlock* entry, BasicBlock* checked) {
    BasicBlock* end = ir_.GetInsertBlock();
    BasicBlock* next = BasicBlock::Create(ir_.getContext(), "checks", end->getParent(), entry);
    llvm::BranchInst* last = llvm::BranchInst::Create(entry, next);
    last->setDebugLoc(end->getTerminator()->getDebugLoc());
    branch(end, next, checked);
    dominators_.addNewBlock(next, end);
    dominators_.changeImmediateDominator(entry, next);
    if (Loop* parent = loop_.getParentLoop()) parent->addBasicBlockToLoop(next, loops_);
    ir_.SetInsertPoint(last);
    condition_ = ir_.getTrue();
  }

  void branch(BasicBlock* from, BasicBlock* passed, BasicBlock* checked) {
    Instruction* old = from->getTerminator();
    llvm::BranchInst* branch = llvm::BranchInst::Create(passed, checked, condition_, from);
    branch->setMetadata(llvm::LLVMContext::MD_prof,
                        llvm::MDBuilder(from->getContext()).createLikelyBranchWeights());
    branch->setDebugLoc(old->getDebugLoc());
    old->eraseFromParent();
  }

  // The trap blocks have no phis.
  void removeChecks() {
    llvm::DomTreeUpdater updater(dominators_, llvm::DomTreeUpdater::UpdateStrategy::Eager);
    for (const ArrayCheck& check : checks_.checks()) {
      BasicBlock* block = check.branch->getParent();
      BasicBlock* trap = check.branch->getSuccessor(check.branch->getSuccessor(0) == check.passed);
      Value* condition = check.branch->getCondition();
      llvm::BranchInst* next = llvm::BranchInst::Create(check.passed, block);
      next->setDebugLoc(check.branch->getDebugLoc());
      check.branch->eraseFromParent();
      llvm::RecursivelyDeleteTriviallyDeadInstructions(condition);
      updater.applyUpdates({{llvm::DominatorTree::Delete, block, trap}});
    }
    for (const ArrayCheck& check : checks_.checks()) {
      llvm::MergeBlockIntoPredecessor(check.passed, &updater, &loops_);
    }
  }

  Loop& loop_;
  const ArrayChecks& checks_;
  llvm::LoopInfo& loops_;
  llvm::DominatorTree& dominators_;
  llvm::ScalarEvolution& evolution_;
  llvm::SCEVExpander expander_;
  llvm::IRBuilder<> ir_;
  BasicBlock* guard_ = nullptr;
  Value* more_ = nullptr;       // the number of iterations after the first one
  Value* condition_ = nullptr;  // that the guard's current block tests
};

}  // namespace

llvm::PreservedAnalyses ArrayLoopVersioning::run(llvm::Function& function,
                                                 llvm::FunctionAnalysisManager& analyses) {
  if (!hasArrayAccesses(*function.getParent())) return llvm::PreservedAnalyses::all();
  auto& loops = analyses.getResult<llvm::LoopAnalysis>(function);
  llvm::SmallVector<Loop*, 8> suitable = copyableLoops(loops, kMaxInstructions);
  llvm::erase_if(suitable, [](const Loop* loop) { return collects(*loop); });
  if (suitable.empty()) return llvm::PreservedAnalyses::all();
  auto& dominators = analyses.getResult<llvm::DominatorTreeAnalysis>(function);
  auto& evolution = analyses.getResult<llvm::ScalarEvolutionAnalysis>(function);
  bool hasChanged = false;
  for (Loop* loop : suitable) {
    // Unswitching an outer loop leaves exits, of traps, that have other predecessors too.
    hasChanged |=
        llvm::simplifyLoop(loop, &dominators, &loops, &evolution, nullptr, nullptr, false);
    if (!loop->isLoopSimplifyForm()) continue;
    ArrayChecks checks(*loop, evolution);
    hasChanged |= checks.find() && Versioning(*loop, checks, loops, dominators, evolution).run();
  }
  return hasChanged ? llvm::PreservedAnalyses::none() : llvm::PreservedAnalyses::all();
}

}  // namespace codegen
