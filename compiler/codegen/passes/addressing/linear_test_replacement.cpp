#include "compiler/codegen/passes/addressing/linear_test_replacement.h"

#include <llvm/Analysis/ScalarEvolutionExpressions.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/Transforms/Utils/Local.h>
#include <llvm/Transforms/Utils/ScalarEvolutionExpander.h>

#include "compiler/codegen/passes/analysis/scev_size.h"

namespace codegen {

using llvm::dyn_cast;
using llvm::SCEV;
using llvm::Value;

namespace {

// A trip count that cannot be reached: each iteration advances by at least one byte, and a memory's
// reservation has about 2^33 bytes.
constexpr uint64_t kUnreachableCount = uint64_t{1} << 40;

// The test of a loop that is left when a counter equals `end`.
struct EqualityTest {
  const llvm::SCEVAddRecExpr* counter;
  int64_t step;
  const SCEV* end;
};

// Returns nothing if `branch` is no such test of a 32-bit counter.
std::optional<EqualityTest> matchEqualityTest(const llvm::BranchInst& branch,
                                              const llvm::Loop& loop,
                                              llvm::ScalarEvolution& evolution) {
  auto* test = dyn_cast<llvm::ICmpInst>(branch.getCondition());
  if (test == nullptr || !test->isEquality() || !test->getOperand(0)->getType()->isIntegerTy(32)) {
    return std::nullopt;
  }
  unsigned whenEqual = test->getPredicate() == llvm::ICmpInst::ICMP_EQ ? 0 : 1;
  if (loop.contains(branch.getSuccessor(whenEqual))) return std::nullopt;
  const SCEV* counted = evolution.getSCEV(test->getOperand(0));
  const SCEV* end = evolution.getSCEV(test->getOperand(1));
  if (!llvm::isa<llvm::SCEVAddRecExpr>(counted)) std::swap(counted, end);
  auto* counter = dyn_cast<llvm::SCEVAddRecExpr>(counted);
  bool isCounter = counter != nullptr && counter->getLoop() == &loop && counter->isAffine() &&
                   evolution.isLoopInvariant(end, &loop);
  if (!isCounter) return std::nullopt;
  auto* step = dyn_cast<llvm::SCEVConstant>(counter->getStepRecurrence(evolution));
  if (step == nullptr) return std::nullopt;
  return EqualityTest{counter, step->getAPInt().getSExtValue(), end};
}

}  // namespace

// Returns `value` as a 64-bit number, computed in the preheader, or null if that is not possible.
Value* LinearTestReplacement::expand(const SCEV* value, const llvm::Loop& loop) {
  llvm::Instruction* before = loop.getLoopPreheader()->getTerminator();
  llvm::SCEVExpander expander(evolution_, "trips");
  bool isExpandable = !llvm::isa<llvm::SCEVCouldNotCompute>(value) &&
                      value->getType()->getScalarSizeInBits() <= 64 && isSmall(*value) &&
                      expander.isSafeToExpandAt(value, before);
  if (!isExpandable) return nullptr;
  llvm::IRBuilder<> builder(before);
  return builder.CreateZExt(expander.expandCodeFor(value, nullptr, before), builder.getInt64Ty());
}

// Returns the exit count of `exiting`, computed in the preheader, or null if it is not known. If a
// counter is compared for equality, ScalarEvolution does not know whether it steps over its end;
// the count is then selected at run time.
Value* LinearTestReplacement::expandExitCount(llvm::BasicBlock& exiting, const llvm::Loop& loop) {
  if (Value* count = expand(evolution_.getExitCount(&loop, &exiting), loop)) return count;
  auto& branch = llvm::cast<llvm::BranchInst>(*exiting.getTerminator());
  std::optional<EqualityTest> test = matchEqualityTest(branch, loop, evolution_);
  if (!test || test->step == 0) return nullptr;
  const SCEV* start = test->counter->getStart();
  Value* distance = expand(test->step > 0 ? evolution_.getMinusSCEV(test->end, start)
                                          : evolution_.getMinusSCEV(start, test->end),
                           loop);
  if (distance == nullptr) return nullptr;
  llvm::IRBuilder<> builder(loop.getLoopPreheader()->getTerminator());
  Value* step = builder.getInt64(std::abs(test->step));
  Value* isMultiple = builder.CreateIsNull(builder.CreateURem(distance, step));
  return builder.CreateSelect(isMultiple, builder.CreateUDiv(distance, step),
                              builder.getInt64(kUnreachableCount));
}

// Rewrites the first exit test that is executed in each iteration and whose count is known.
bool LinearTestReplacement::rewriteOne(const llvm::Loop& loop, const Counter& counter) {
  const llvm::BasicBlock* latch = loop.getLoopLatch();
  if (latch == nullptr || loop.getLoopPreheader() == nullptr) return false;
  llvm::SmallVector<llvm::BasicBlock*, 4> exiting;
  loop.getExitingBlocks(exiting);
  for (llvm::BasicBlock* block : exiting) {
    auto* branch = dyn_cast<llvm::BranchInst>(block->getTerminator());
    if (branch == nullptr || !branch->isConditional() || !dominators_.dominates(block, latch)) {
      continue;
    }
    Value* count = expandExitCount(*block, loop);
    if (count == nullptr) continue;
    llvm::IRBuilder<> builder(loop.getLoopPreheader()->getTerminator());
    Value* end = builder.CreateMul(count, builder.getInt64(counter.step));
    Value* old = branch->getCondition();
    builder.SetInsertPoint(branch);
    bool staysIfTrue = loop.contains(branch->getSuccessor(0));
    branch->setCondition(staysIfTrue ? builder.CreateICmpNE(counter.passed, end)
                                     : builder.CreateICmpEQ(counter.passed, end));
    llvm::RecursivelyDeleteTriviallyDeadInstructions(old);
    return true;
  }
  return false;
}

void LinearTestReplacement::apply() {
  for (const auto& [loop, counter] : counters_) {
    if (rewriteOne(*loop, counter)) evolution_.forgetLoop(loop);
  }
  counters_.clear();
}

}  // namespace codegen
