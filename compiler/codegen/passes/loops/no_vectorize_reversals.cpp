#include "compiler/codegen/passes/loops/no_vectorize_reversals.h"

#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/IR/Instructions.h>
#include <llvm/Transforms/Utils/LoopUtils.h>

#include "compiler/codegen/passes/analysis/addrec_step.h"

namespace codegen {

using llvm::dyn_cast;
using llvm::Loop;
using llvm::ScalarEvolution;
using llvm::Value;

namespace {

// The sign of a recurrence's step; None for other values.
enum class Direction : uint8_t { None, Up, Down };

Direction directionOf(Value* value, const Loop& loop, ScalarEvolution& evolution) {
  std::optional<llvm::APInt> step = stepOf(value, loop, evolution);
  if (!step) return Direction::None;
  return step->isNegative() ? Direction::Down : Direction::Up;
}

bool areOpposite(Direction one, Direction other) {
  return one != Direction::None && other != Direction::None && one != other;
}

// Returns true if the loop exits when two induction variables of opposite direction meet.
bool exitsWhereCountersMeet(const Loop& loop, ScalarEvolution& evolution) {
  const llvm::BasicBlock* exiting = loop.getExitingBlock();
  auto* branch =
      exiting == nullptr ? nullptr : dyn_cast<llvm::BranchInst>(exiting->getTerminator());
  if (branch == nullptr || !branch->isConditional()) return false;
  auto* test = dyn_cast<llvm::ICmpInst>(branch->getCondition());
  return test != nullptr && test->isRelational() &&
         areOpposite(directionOf(test->getOperand(0), loop, evolution),
                     directionOf(test->getOperand(1), loop, evolution));
}

// Returns true if one store of the loop ascends and another one descends.
bool storesInBothDirections(const Loop& loop, ScalarEvolution& evolution) {
  Direction seen = Direction::None;
  for (llvm::BasicBlock* block : loop.blocks()) {
    for (llvm::Instruction& instruction : *block) {
      auto* store = dyn_cast<llvm::StoreInst>(&instruction);
      if (store == nullptr) continue;
      Direction direction = directionOf(store->getPointerOperand(), loop, evolution);
      if (areOpposite(seen, direction)) return true;
      if (direction != Direction::None) seen = direction;
    }
  }
  return false;
}

}  // namespace

llvm::PreservedAnalyses NoVectorizeReversals::run(llvm::Function& function,
                                                  llvm::FunctionAnalysisManager& analyses) {
  auto& loops = analyses.getResult<llvm::LoopAnalysis>(function);
  auto& evolution = analyses.getResult<llvm::ScalarEvolutionAnalysis>(function);
  for (Loop* loop : loops.getLoopsInPreorder()) {
    bool isReversal = loop->isInnermost() && exitsWhereCountersMeet(*loop, evolution) &&
                      storesInBothDirections(*loop, evolution);
    if (isReversal) llvm::addStringMetadataToLoop(loop, "llvm.loop.vectorize.enable", 0);
  }
  return llvm::PreservedAnalyses::all();
}

}  // namespace codegen
