#include "compiler/codegen/passes/trip_limits.h"

#include <llvm/IR/IRBuilder.h>
#include <llvm/Transforms/Utils/Local.h>
#include <llvm/Transforms/Utils/ScalarEvolutionExpander.h>

namespace codegen {

using llvm::dyn_cast;
using llvm::SCEV;
using llvm::Value;

TripLimits::Exit TripLimits::findExit(const llvm::Loop& loop) const {
  const llvm::BasicBlock* latch = loop.getLoopLatch();
  const llvm::BasicBlock* preheader = loop.getLoopPreheader();
  if (latch == nullptr || preheader == nullptr) return {};
  llvm::SCEVExpander expander(evolution_, "trips");
  llvm::SmallVector<llvm::BasicBlock*, 4> exiting;
  loop.getExitingBlocks(exiting);
  for (llvm::BasicBlock* block : exiting) {
    auto* test = dyn_cast<llvm::BranchInst>(block->getTerminator());
    if (test == nullptr || !dominators_.dominates(block, latch)) continue;
    const SCEV* count = evolution_.getExitCount(&loop, block);
    if (llvm::isa<llvm::SCEVCouldNotCompute>(count) ||
        count->getType()->getScalarSizeInBits() > 64 ||
        !expander.isSafeToExpandAt(count, preheader->getTerminator())) {
      continue;
    }
    return {test, count};
  }
  return {};
}

void TripLimits::add(const llvm::Loop& loop, llvm::PHINode& passed, int64_t step, Value* most,
                     const Accesses& accesses) {
  auto [place, isFirst] = limits_.insert({&loop, Limit{{}, &passed, step, most}});
  Limit& limit = place->second;
  if (isFirst) limit.exit = findExit(loop);
  bool isMadeBefore = llvm::any_of(accesses, [&](const llvm::Instruction* access) {
    return dominators_.dominates(access, limit.exit.test);
  });
  llvm::IRBuilder<> builder(loop.getLoopPreheader()->getTerminator());
  if (!isMadeBefore) most = builder.CreateNUWAdd(most, builder.getInt64(1));
  limit.most =
      isFirst ? most : builder.CreateBinaryIntrinsic(llvm::Intrinsic::umin, limit.most, most);
}

void TripLimits::rewrite(const llvm::Loop& loop, const Limit& limit) {
  llvm::Instruction* before = loop.getLoopPreheader()->getTerminator();
  llvm::IRBuilder<> builder(before);
  llvm::SCEVExpander expander(evolution_, "trips");
  Value* count = expander.expandCodeFor(limit.exit.count, nullptr, before);
  count = builder.CreateZExt(count, builder.getInt64Ty());
  Value* trips = builder.CreateBinaryIntrinsic(llvm::Intrinsic::umin, count, limit.most);
  Value* end = builder.CreateMul(trips, builder.getInt64(limit.step));

  llvm::BranchInst* branch = limit.exit.test;
  Value* old = branch->getCondition();
  builder.SetInsertPoint(branch);
  bool staysIfTrue = loop.contains(branch->getSuccessor(0));
  branch->setCondition(staysIfTrue ? builder.CreateICmpNE(limit.passed, end)
                                   : builder.CreateICmpEQ(limit.passed, end));
  llvm::RecursivelyDeleteTriviallyDeadInstructions(old);
}

void TripLimits::apply() {
  for (const auto& [loop, limit] : limits_) rewrite(*loop, limit);
  for (const auto& [loop, limit] : limits_) evolution_.forgetLoop(loop);
  limits_.clear();
}

}  // namespace codegen
