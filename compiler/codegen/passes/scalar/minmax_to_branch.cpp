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

constexpr uint64_t kLine = 64;
// Enough for the back end: it takes 99 to 1 for predictable.
constexpr uint32_t kKept = 2000;
constexpr uint32_t kChanged = 1;
// How many instructions of what is compared are searched for a load.
constexpr size_t kMaxSearched = 16;

using Chain = llvm::SmallVector<MinMaxIntrinsic*, 8>;

// The minima or maxima that lead from `phi` to the phi's next value, through nothing else.
Chain chainOf(llvm::PHINode& phi, const Loop& loop) {
  Chain chain;
  Value* last = phi.getIncomingValueForBlock(loop.getLoopLatch());
  for (Value* now = &phi; now != last; now = chain.back()) {
    auto isNext = [&](llvm::User* user) {
      auto* extreme = dyn_cast<MinMaxIntrinsic>(user);
      return extreme != nullptr && loop.contains(extreme) && !llvm::is_contained(chain, extreme) &&
             (chain.empty() || extreme->getIntrinsicID() == chain[0]->getIntrinsicID());
    };
    auto next = llvm::find_if(now->users(), isNext);
    if (next == now->users().end()) return {};
    chain.push_back(llvm::cast<MinMaxIntrinsic>(*next));
  }
  return chain;
}

Value* comparedWith(const MinMaxIntrinsic& extreme, const Value* running) {
  return extreme.getLHS() == running ? extreme.getRHS() : extreme.getLHS();
}

class Latecomers {
 public:
  Latecomers(const Loop& loop, ScalarEvolution& evolution) : loop_(loop), evolution_(evolution) {}

  // Whether `value` depends on a load of this iteration that may miss the cache.
  bool mayBeLate(Value* value) const {
    llvm::SmallSetVector<Value*, kMaxSearched> needed;
    needed.insert(value);
    for (size_t i = 0; i < needed.size() && i < kMaxSearched; ++i) {
      auto* instruction = dyn_cast<Instruction>(needed[i]);
      if (instruction == nullptr || !loop_.contains(instruction) ||
          isa<llvm::PHINode>(instruction)) {
        continue;
      }
      if (auto* load = dyn_cast<llvm::LoadInst>(instruction)) {
        if (!isNear(load->getPointerOperand())) return true;
      } else {
        needed.insert(instruction->op_begin(), instruction->op_end());
      }
    }
    return false;
  }

 private:
  // Whether the next iteration's address is in the same cache line, mostly.
  bool isNear(Value* pointer) const {
    if (evolution_.isLoopInvariant(evolution_.getSCEV(pointer), &loop_)) return true;
    if (stepsWithinLine(pointer)) return true;
    // A 32-bit index that was not shown not to wrap.
    auto* indexed = dyn_cast<llvm::GetElementPtrInst>(pointer->stripInBoundsConstantOffsets());
    if (indexed == nullptr || indexed->getNumIndices() != 1) return false;
    auto* index = dyn_cast<llvm::ZExtInst>(indexed->getOperand(1));
    return index != nullptr && stepsWithinLine(index->getOperand(0));
  }

  bool stepsWithinLine(Value* value) const {
    std::optional<llvm::APInt> step = stepOf(value, loop_, evolution_);
    return step && step->abs().ult(kLine);
  }

  const Loop& loop_;
  ScalarEvolution& evolution_;
};

// Makes `extreme` a choice that nearly always is `running`.
Value* predict(MinMaxIntrinsic& extreme, Value* running) {
  llvm::IRBuilder<> builder(&extreme);
  Value* other = comparedWith(extreme, running);
  Value* changes = builder.CreateICmp(extreme.getPredicate(), other, running);
  llvm::MDNode* weights =
      llvm::MDBuilder(extreme.getContext()).createBranchWeights(kChanged, kKept);
  Value* choice = builder.CreateSelect(changes, other, running);
  if (auto* select = dyn_cast<llvm::SelectInst>(choice)) {
    select->setMetadata(llvm::LLVMContext::MD_prof, weights);
  }
  extreme.replaceAllUsesWith(choice);
  extreme.eraseFromParent();
  return choice;
}

bool predictIn(const Loop& loop, ScalarEvolution& evolution) {
  Latecomers latecomers(loop, evolution);
  bool hasChanged = false;
  for (llvm::PHINode& phi : loop.getHeader()->phis()) {
    if (!phi.getType()->isIntegerTy()) continue;
    Chain chain = chainOf(phi, loop);
    Value* running = &phi;
    bool isLate = llvm::any_of(chain, [&](MinMaxIntrinsic* extreme) {
      return latecomers.mayBeLate(comparedWith(*extreme, std::exchange(running, extreme)));
    });
    if (!isLate) continue;
    hasChanged = true;
    running = &phi;
    for (MinMaxIntrinsic* extreme : chain) running = predict(*extreme, running);
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
      hasChanged |= predictIn(*loop, evolution);
    }
  }
  if (!hasChanged) return llvm::PreservedAnalyses::all();
  llvm::PreservedAnalyses preserved;
  preserved.preserveSet<llvm::CFGAnalyses>();
  return preserved;
}

}  // namespace codegen
