#include "compiler/codegen/passes/loops/early_exit_loop.h"

#include <llvm/Analysis/LoopIterator.h>
#include <llvm/Analysis/ScalarEvolutionExpressions.h>
#include <llvm/IR/DataLayout.h>

#include "compiler/codegen/abi/abi_lowering.h"
#include "compiler/codegen/passes/analysis/access_mark.h"
#include "compiler/codegen/passes/analysis/addrec_step.h"
#include "compiler/codegen/passes/analysis/linear_address.h"

namespace codegen {

using llvm::dyn_cast;
using llvm::isa;
using llvm::SCEV;
using llvm::Value;

namespace {

// Limits beyond which a loop is not worth a vector, or does more than search.
constexpr size_t kMaxBlocks = 6;
constexpr size_t kMaxLoads = 4;
constexpr size_t kMaxComputations = 12;

// The largest negative constant in an address, in bytes. If an access at index - kMaxDistance is in
// bounds, the index is below 2^32 by more than the size of a vector.
constexpr int64_t kMaxDistance = kHeadroom / 2;

// Returns true if the instruction has a vector form that computes each lane by itself.
bool isLaneWise(const llvm::Instruction& instruction) {
  if (isa<llvm::CmpInst, llvm::SelectInst, llvm::FreezeInst>(instruction)) return true;
  if (isa<llvm::ZExtInst, llvm::SExtInst, llvm::TruncInst>(instruction)) return true;
  return isa<llvm::BinaryOperator>(instruction) && !instruction.isIntDivRem();
}

// Returns the recurrence of an address of the form invariant + zext(recurrence), or null.
const llvm::SCEVAddRecExpr* extendedRecurrence(const SCEV* address, const llvm::Loop& loop,
                                               llvm::ScalarEvolution& evolution) {
  auto* sum = dyn_cast<llvm::SCEVAddExpr>(address);
  if (sum == nullptr) return nullptr;
  const llvm::SCEVAddRecExpr* index = nullptr;
  for (const SCEV* term : sum->operands()) {
    if (evolution.isLoopInvariant(term, &loop)) {
      auto* constant = dyn_cast<llvm::SCEVConstant>(term);
      if (constant != nullptr && constant->getAPInt().slt(-kMaxDistance)) return nullptr;
      continue;
    }
    auto* extension = dyn_cast<llvm::SCEVZeroExtendExpr>(term);
    if (extension == nullptr || index != nullptr) return nullptr;
    index = dyn_cast<llvm::SCEVAddRecExpr>(extension->getOperand());
    if (index == nullptr) return nullptr;
  }
  return index;
}

}  // namespace

bool EarlyExitLoop::find() { return findBlocks() && findLoads() && findPhis() && findConditions(); }

const CounterTest* EarlyExitLoop::counterTest(const Value* value) const {
  auto found = tests_.find(value);
  return found == tests_.end() ? nullptr : &found->second;
}

// All control flow must be branches, and values of different paths may not meet in the loop.
bool EarlyExitLoop::findBlocks() {
  if (loop_.getNumBlocks() > kMaxBlocks || !loop_.isInnermost()) return false;
  llvm::LoopBlocksRPO order(&loop_);
  order.perform(&loops_);
  llvm::append_range(blocks_, order);
  return llvm::all_of(blocks_, [this](const llvm::BasicBlock* block) {
    bool hasPhis = block != loop_.getHeader() && isa<llvm::PHINode>(block->front());
    return !hasPhis && isa<llvm::BranchInst>(block->getTerminator());
  });
}

bool EarlyExitLoop::findPhis() {
  llvm::SmallVector<llvm::PHINode*, 2> carried;
  for (llvm::PHINode& phi : loop_.getHeader()->phis()) {
    if (std::optional<llvm::APInt> step = stepOf(&phi, loop_, evolution_)) {
      counters_.insert({&phi, *step});
    } else {
      // `carried_` is still empty, so `collect` refuses values that depend on such a phi: each
      // depends on the previous iteration only.
      if (!collect(phi.getIncomingValueForBlock(loop_.getLoopLatch()))) return false;
      carried.push_back(&phi);
    }
  }
  carried_ = carried;
  // A first-order recurrence of a counter test would have the result of the previous iteration.
  return tests_.empty();
}

bool EarlyExitLoop::isUnconditional(const llvm::Instruction& instruction) const {
  return dominators_.dominates(instruction.getParent(), loop_.getLoopLatch());
}

bool EarlyExitLoop::findLoads() {
  for (llvm::BasicBlock* block : blocks_) {
    for (llvm::Instruction& instruction : *block) {
      if (asAccessMark(instruction)) continue;
      auto* load = dyn_cast<llvm::LoadInst>(&instruction);
      if (load == nullptr) {
        if (instruction.mayHaveSideEffects() || instruction.mayReadFromMemory()) return false;
        continue;
      }
      uint64_t bytes = load->getDataLayout().getTypeStoreSize(load->getType());
      bool isElement = load->getType()->isIntegerTy() && !load->isAtomic() &&
                       (elementBytes_ == 0 || elementBytes_ == bytes);
      if (!isElement || !isUnconditional(*load)) return false;
      elementBytes_ = static_cast<unsigned>(bytes);
      if (!isConsecutive(*load)) return false;
      loads_.push_back(load);
    }
  }
  return !loads_.empty() && loads_.size() <= kMaxLoads;
}

// Returns true if each iteration loads the element that follows that of the previous iteration. A
// 32-bit recurrence does not wrap, since the loads of a function with headroom would trap before.
bool EarlyExitLoop::isConsecutive(llvm::LoadInst& load) const {
  if (!AbiLowering::isInScope(load, Scope::Memory)) return false;
  const SCEV* address = evolution_.getSCEV(load.getPointerOperand());
  auto* recurrence = dyn_cast<llvm::SCEVAddRecExpr>(address);
  if (recurrence == nullptr && load.getFunction()->hasFnAttribute(kHeadroomAttribute)) {
    recurrence = extendedRecurrence(address, loop_, evolution_);
  }
  if (recurrence == nullptr || recurrence->getLoop() != &loop_ || !recurrence->isAffine()) {
    return false;
  }
  auto* step = dyn_cast<llvm::SCEVConstant>(recurrence->getStepRecurrence(evolution_));
  return step != nullptr && step->getAPInt() == elementBytes_;
}

bool EarlyExitLoop::findConditions() {
  for (llvm::BasicBlock* block : blocks_) {
    auto* branch = llvm::cast<llvm::BranchInst>(block->getTerminator());
    if (branch->isConditional() && !collect(branch->getCondition())) return false;
  }
  return !computed_.empty() && computed_.size() <= kMaxComputations;
}

// Returns true if `value` can be computed for several iterations at once, and records what it
// depends on.
bool EarlyExitLoop::collect(Value* value) {
  if (loop_.isLoopInvariant(value) || computed_.contains(value) || tests_.contains(value) ||
      llvm::is_contained(carried_, value)) {
    return true;
  }
  auto* instruction = llvm::cast<llvm::Instruction>(value);
  if (isa<llvm::LoadInst>(instruction)) return true;
  if (auto* test = dyn_cast<llvm::ICmpInst>(instruction); test != nullptr && collectTest(*test)) {
    return true;
  }
  if (!isLaneWise(*instruction) || !instruction->getType()->isIntegerTy()) return false;
  computed_.insert(value);
  return computed_.size() <= kMaxComputations &&
         llvm::all_of(instruction->operands(), [this](Value* operand) { return collect(operand); });
}

// Returns true if `test` compares an induction variable with an invariant limit, and records it.
bool EarlyExitLoop::collectTest(llvm::ICmpInst& test) {
  llvm::ICmpInst::Predicate predicate = test.getPredicate();
  Value* counter = test.getOperand(0);
  Value* limit = test.getOperand(1);
  if (loop_.isLoopInvariant(counter)) {
    std::swap(counter, limit);
    predicate = llvm::ICmpInst::getSwappedPredicate(predicate);
  }
  auto* counting = dyn_cast<llvm::Instruction>(counter);
  if (counting == nullptr || !counter->getType()->isIntegerTy() || !loop_.isLoopInvariant(limit) ||
      counter->getType()->getIntegerBitWidth() > 64 || !isUnconditional(*counting)) {
    return false;
  }
  std::optional<llvm::APInt> step = stepOf(counter, loop_, evolution_);
  if (!step || step->isZero() || step->isMinSignedValue()) return false;
  bool isUpwards = !step->isNegative();
  bool isLess = llvm::ICmpInst::isLT(predicate) || llvm::ICmpInst::isLE(predicate);
  bool isEquality = test.isEquality();
  bool before = isEquality ? predicate == llvm::ICmpInst::ICMP_NE : isLess == isUpwards;
  tests_.insert({&test, {counter, limit, *step, test.isSigned(), isEquality, before}});
  return true;
}

}  // namespace codegen
