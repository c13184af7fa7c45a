#include "compiler/codegen/passes/scalar/minmax_to_branch.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/SetVector.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/IR/MDBuilder.h>

#include "compiler/codegen/passes/analysis/addrec_step.h"

namespace codegen {

using llvm::dyn_cast;
using llvm::Instruction;
using llvm::isa;
using llvm::Loop;
using llvm::MinMaxIntrinsic;
using llvm::ScalarEvolution;
using llvm::Value;

namespace {

constexpr uint64_t kLineBytes = 64;
// Branch weights. The back end takes a `select` as predictable from 99 to 1.
constexpr uint32_t kKeptWeight = 2000;
constexpr uint32_t kChangedWeight = 1;
// Bounds the instructions that are searched for a load.
constexpr size_t kMaxOperands = 16;

using Chain = llvm::SmallVector<MinMaxIntrinsic*, 8>;

// Returns the intrinsics that lead from `phi` to its next value, all of the same kind and without
// other operations between them, or an empty chain.
Chain chainOf(llvm::PHINode& phi, const Loop& loop) {
  Chain chain;
  Value* last = phi.getIncomingValueForBlock(loop.getLoopLatch());
  for (Value* current = &phi; current != last; current = chain.back()) {
    auto isNext = [&](llvm::User* user) {
      auto* minMax = dyn_cast<MinMaxIntrinsic>(user);
      return minMax != nullptr && loop.contains(minMax) && !llvm::is_contained(chain, minMax) &&
             (chain.empty() || minMax->getIntrinsicID() == chain[0]->getIntrinsicID());
    };
    auto next = llvm::find_if(current->users(), isNext);
    if (next == current->users().end()) return {};
    chain.push_back(llvm::cast<MinMaxIntrinsic>(*next));
  }
  return chain;
}

Value* comparedWith(const MinMaxIntrinsic& minMax, const Value* running) {
  return minMax.getLHS() == running ? minMax.getRHS() : minMax.getLHS();
}

// Finds values of a loop that depend on loads which may miss the cache.
class LateValues {
 public:
  LateValues(const Loop& loop, ScalarEvolution& evolution) : loop_(loop), evolution_(evolution) {}

  // Returns true if `value` depends on a load of the same iteration that may miss the cache.
  bool mayBeLate(Value* value) const {
    llvm::SmallSetVector<Value*, kMaxOperands> needed;
    needed.insert(value);
    for (size_t i = 0; i < needed.size() && i < kMaxOperands; ++i) {
      auto* instruction = dyn_cast<Instruction>(needed[i]);
      if (instruction == nullptr || !loop_.contains(instruction) ||
          isa<llvm::PHINode>(instruction)) {
        continue;
      }
      if (auto* load = dyn_cast<llvm::LoadInst>(instruction)) {
        if (!isWithinLine(load->getPointerOperand())) return true;
      } else {
        needed.insert(instruction->op_begin(), instruction->op_end());
      }
    }
    return false;
  }

 private:
  // Returns true if most iterations load from the same cache line as the previous one.
  bool isWithinLine(Value* pointer) const {
    if (evolution_.isLoopInvariant(evolution_.getSCEV(pointer), &loop_)) return true;
    if (stepsWithinLine(pointer)) return true;
    // A 32-bit index that may wrap, so that the address is no recurrence.
    auto* indexed = dyn_cast<llvm::GetElementPtrInst>(pointer->stripInBoundsConstantOffsets());
    if (indexed == nullptr || indexed->getNumIndices() != 1) return false;
    auto* index = dyn_cast<llvm::ZExtInst>(indexed->getOperand(1));
    return index != nullptr && stepsWithinLine(index->getOperand(0));
  }

  bool stepsWithinLine(Value* value) const {
    std::optional<llvm::APInt> step = stepOf(value, loop_, evolution_);
    return step && step->abs().ult(kLineBytes);
  }

  const Loop& loop_;
  ScalarEvolution& evolution_;
};

// Replaces `minMax` by a `select` that nearly always chooses `running`, and returns the `select`.
Value* replaceBySelect(MinMaxIntrinsic& minMax, Value* running) {
  llvm::IRBuilder<> builder(&minMax);
  Value* other = comparedWith(minMax, running);
  Value* changes = builder.CreateICmp(minMax.getPredicate(), other, running);
  llvm::MDNode* weights =
      llvm::MDBuilder(minMax.getContext()).createBranchWeights(kChangedWeight, kKeptWeight);
  Value* choice = builder.CreateSelect(changes, other, running);
  if (auto* select = dyn_cast<llvm::SelectInst>(choice)) {
    select->setMetadata(llvm::LLVMContext::MD_prof, weights);
  }
  minMax.replaceAllUsesWith(choice);
  minMax.eraseFromParent();
  return choice;
}

// Returns true if a minimum or maximum of the loop was replaced.
bool convertChains(const Loop& loop, ScalarEvolution& evolution) {
  LateValues lateValues(loop, evolution);
  bool hasChanged = false;
  for (llvm::PHINode& phi : loop.getHeader()->phis()) {
    if (!phi.getType()->isIntegerTy()) continue;
    Chain chain = chainOf(phi, loop);
    Value* running = &phi;
    bool isLate = llvm::any_of(chain, [&](MinMaxIntrinsic* minMax) {
      return lateValues.mayBeLate(comparedWith(*minMax, std::exchange(running, minMax)));
    });
    if (!isLate) continue;
    hasChanged = true;
    running = &phi;
    for (MinMaxIntrinsic* minMax : chain) running = replaceBySelect(*minMax, running);
  }
  return hasChanged;
}

}  // namespace

llvm::PreservedAnalyses MinMaxToBranch::run(llvm::Function& function,
                                            llvm::FunctionAnalysisManager& analyses) {
  auto& loops = analyses.getResult<llvm::LoopAnalysis>(function);
  if (loops.empty()) return llvm::PreservedAnalyses::all();
  auto& evolution = analyses.getResult<llvm::ScalarEvolutionAnalysis>(function);
  bool hasChanged = false;
  for (const Loop* loop : loops.getLoopsInPreorder()) {
    if (loop->isInnermost() && loop->getLoopLatch() != nullptr) {
      hasChanged |= convertChains(*loop, evolution);
    }
  }
  if (!hasChanged) return llvm::PreservedAnalyses::all();
  llvm::PreservedAnalyses preserved;
  preserved.preserveSet<llvm::CFGAnalyses>();
  return preserved;
}

}  // namespace codegen
