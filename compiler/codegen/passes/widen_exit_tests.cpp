#include "compiler/codegen/passes/widen_exit_tests.h"

#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/Analysis/ScalarEvolutionExpressions.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/PatternMatch.h>
#include <llvm/Transforms/Utils/Local.h>

namespace codegen {

using llvm::dyn_cast;
using llvm::Loop;
using llvm::Value;
namespace pattern = llvm::PatternMatch;

namespace {

constexpr uint64_t kLowerHalf = UINT32_MAX;

// The comparison that ends the loop in `block`, if that is for equality.
llvm::ICmpInst* exitTest(const Loop& loop, llvm::BasicBlock& block) {
  auto* branch = dyn_cast<llvm::BranchInst>(block.getTerminator());
  if (branch == nullptr || !branch->isConditional()) return nullptr;
  auto* test = dyn_cast<llvm::ICmpInst>(branch->getCondition());
  if (test == nullptr || !test->isEquality() || !test->hasOneUse()) return nullptr;
  unsigned whenEqual = test->getPredicate() == llvm::ICmpInst::ICMP_EQ ? 0 : 1;
  return loop.contains(branch->getSuccessor(whenEqual)) ? nullptr : test;
}

// What `value` is the lower half of. LLVM leaves out of a mask the bits that it knows to be zero.
Value* wholeOf(Value* value, uint64_t& mask) {
  Value* whole = nullptr;
  mask = kLowerHalf;
  bool isCut =
      pattern::match(value, pattern::m_Trunc(pattern::m_Value(whole))) ||
      pattern::match(value, pattern::m_And(pattern::m_Value(whole), pattern::m_ConstantInt(mask)));
  bool isHalf = isCut && whole->getType()->isIntegerTy(64) &&
                (value->getType()->isIntegerTy(32) || value->getType()->isIntegerTy(64));
  return isHalf ? whole : nullptr;
}

// Whether `counter` reaches `end` before another value whose bits in `mask` are the same.
bool comesBy(uint64_t end, const llvm::SCEVAddRecExpr& counter, uint64_t mask,
             llvm::ScalarEvolution& evolution) {
  auto* start = dyn_cast<llvm::SCEVConstant>(counter.getStart());
  auto* step = dyn_cast<llvm::SCEVConstant>(counter.getStepRecurrence(evolution));
  if (start == nullptr || step == nullptr || !counter.hasNoUnsignedWrap()) return false;
  uint64_t first = start->getAPInt().getZExtValue();
  uint64_t bytes = step->getAPInt().getZExtValue();
  if (bytes == 0 || end > kLowerHalf || first > end || (end - first) % bytes != 0) return false;
  uint64_t alwaysZero = (first | bytes) == 0 ? 0 : ((first | bytes) & -(first | bytes)) - 1;
  return (mask | alwaysZero) == kLowerHalf;
}

bool widen(llvm::ICmpInst& test, const Loop& loop, llvm::ScalarEvolution& evolution) {
  auto* end = dyn_cast<llvm::ConstantInt>(test.getOperand(1));
  uint64_t mask;
  Value* whole = end == nullptr ? nullptr : wholeOf(test.getOperand(0), mask);
  if (whole == nullptr) return false;
  auto* counter = dyn_cast<llvm::SCEVAddRecExpr>(evolution.getSCEV(whole));
  if (counter == nullptr || counter->getLoop() != &loop || !counter->isAffine()) return false;
  uint64_t value = end->getZExtValue();
  if (!comesBy(value, *counter, mask, evolution)) return false;
  Value* cut = test.getOperand(0);
  test.setOperand(0, whole);
  test.setOperand(1, llvm::ConstantInt::get(whole->getType(), value));
  llvm::RecursivelyDeleteTriviallyDeadInstructions(cut);
  return true;
}

}  // namespace

llvm::PreservedAnalyses WidenExitTests::run(llvm::Function& function,
                                            llvm::FunctionAnalysisManager& analyses) {
  auto& dominators = analyses.getResult<llvm::DominatorTreeAnalysis>(function);
  auto& evolution = analyses.getResult<llvm::ScalarEvolutionAnalysis>(function);
  bool hasChanged = false;
  for (Loop* loop : analyses.getResult<llvm::LoopAnalysis>(function).getLoopsInPreorder()) {
    const llvm::BasicBlock* latch = loop->getLoopLatch();
    llvm::SmallVector<llvm::BasicBlock*, 4> exiting;
    loop->getExitingBlocks(exiting);
    for (llvm::BasicBlock* block : exiting) {
      if (latch == nullptr || !dominators.dominates(block, latch)) continue;
      llvm::ICmpInst* test = exitTest(*loop, *block);
      if (test == nullptr || !widen(*test, *loop, evolution)) continue;
      evolution.forgetLoop(loop);
      hasChanged = true;
    }
  }
  if (!hasChanged) return llvm::PreservedAnalyses::all();
  llvm::PreservedAnalyses preserved;
  preserved.preserveSet<llvm::CFGAnalyses>();
  return preserved;
}

}  // namespace codegen
