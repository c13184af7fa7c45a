#include "compiler/codegen/passes/release_loads.h"

#include <llvm/ADT/SetVector.h>
#include <llvm/ADT/SmallPtrSet.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/IntrinsicInst.h>

#include "compiler/codegen/llvm_option.h"
#include "compiler/codegen/passes/dependent_bits.h"
#include "compiler/codegen/passes/equal_loads.h"
#include "compiler/codegen/passes/idle_loops.h"

namespace codegen {

using llvm::APInt;
using llvm::BasicBlock;
using llvm::dyn_cast;
using llvm::Instruction;
using llvm::isa;
using llvm::LoadInst;
using llvm::Use;
using llvm::Value;

namespace {

// What is followed of one load before giving up.
constexpr unsigned kMaxValues = 64;
constexpr unsigned kMaxBlocks = 32;
constexpr unsigned kMaxUses = 4096;
constexpr unsigned kMaxOperands = 64;  // of what is accumulated

// Follows one load's value to the effects that depend on it.
class Fate {
 public:
  Fate(const LoadInst& load, const llvm::LoopInfo& loops, const EqualLoads& equals,
       IdleLoops& idleLoops)
      : load_(load), loops_(loops), equals_(equals), idleLoops_(idleLoops) {}

  bool isCertain() {
    APInt lastByte = allBits(*load_.getType());
    lastByte.clearLowBits(lastByte.getBitWidth() - 8);
    bool holds;
    do {
      assumed_.clear();
      isStable_ = true;
      hasEffect_ = false;
      holds = reachesEffect(load_, lastByte);
    } while (holds && !isStable_);
    return holds && hasEffect_;
  }

 private:
  using Blocks = llvm::SmallPtrSet<const BasicBlock*, 8>;

  // That an effect depends on these bits of a value.
  struct Assumption {
    APInt bits;
    bool isReliedOn;
  };

  // Whether, whenever `value` is computed, an effect follows that depends on its `bits`, or the
  // next trip round a loop carries them on. A value that is asked about while it is looked at
  // (through the phis of a loop) is assumed to do so; if that turns out wrong, all starts afresh.
  bool reachesEffect(const Instruction& value, const APInt& bits) {
    if (bits.isZero() || refuted_.contains(&value)) return false;
    auto [known, isNew] = assumed_.try_emplace(&value, Assumption{bits, false});
    if (!isNew) {
      known->second.isReliedOn = true;
      return known->second.bits.isSubsetOf(bits);
    }
    bool holds = assumed_.size() <= kMaxValues && isUsedOnEveryPath(value, bits);
    if (!holds) {
      refuted_.insert(&value);
      if (assumed_.find(&value)->second.isReliedOn) isStable_ = false;
    }
    return holds;
  }

  bool isUsedOnEveryPath(const Instruction& value, const APInt& bits) {
    Blocks seen;
    return isUsedIn(*value.getParent(), value, bits) ||
           isUsedAfter(*value.getParent(), value, bits, seen);
  }

  bool isUsedAfter(const BasicBlock& block, const Instruction& value, const APInt& bits,
                   Blocks& seen) {
    if (llvm::succ_empty(&block)) return false;
    return llvm::all_of(llvm::successors(&block), [&](const BasicBlock* next) {
      if (isCarriedOn(block, *next, value, bits)) return true;
      if (next == value.getParent()) return false;
      if (!seen.insert(next).second) return true;
      return seen.size() <= kMaxBlocks &&
             (isUsedIn(*next, value, bits) || isUsedAfter(*next, value, bits, seen));
    });
  }

  bool isCarriedOn(const BasicBlock& from, const BasicBlock& to, const Instruction& value,
                   const APInt& bits) {
    for (const Use& use : value.uses()) {
      if (usesLeft_ == 0) return false;
      --usesLeft_;
      auto* phi = dyn_cast<llvm::PHINode>(use.getUser());
      bool isHere =
          phi != nullptr && phi->getParent() == &to && phi->getIncomingBlock(use) == &from;
      if (isHere && !equals_.mayCancel(load_, use) && reachesEffect(*phi, bits)) return true;
    }
    return false;
  }

  bool isUsedIn(const BasicBlock& block, const Instruction& value, const APInt& bits) {
    for (const Use& use : value.uses()) {
      if (usesLeft_ == 0) return false;
      --usesLeft_;
      auto* user = llvm::cast<Instruction>(use.getUser());
      bool isHere = user->getParent() == &block && !isa<llvm::PHINode>(user);
      if (isHere && leadsToEffect(use, bits)) return true;
    }
    return false;
  }

  bool leadsToEffect(const Use& use, const APInt& bits) {
    auto& user = llvm::cast<Instruction>(*use.getUser());
    if (isEffect(use, user)) return hasEffect_ = true;
    if (equals_.mayCancel(load_, use)) return false;
    auto* load = dyn_cast<LoadInst>(&user);
    if (load != nullptr) {
      if (load->isVolatile()) return hasEffect_ = true;
      return reachesEffect(user, allBits(*user.getType()));
    }
    return reachesEffect(user, dependentBits(use, bits));
  }

  bool isEffect(const Use& use, const Instruction& user) {
    if (auto* store = dyn_cast<llvm::StoreInst>(&user)) return isLasting(use, *store);
    if (isa<llvm::IntrinsicInst>(user)) return isa<llvm::MemIntrinsic>(user);
    if (isa<llvm::CallBase>(user)) return user.mayHaveSideEffects();
    if (user.isTerminator()) return !idleLoops_.contain(*user.getParent());
    return user.isAtomic();
  }

  // Whether LLVM cannot do without the store: it may drop one that puts back what it finds, and of
  // stores to one place round a loop it may keep the last, unless each adds to the one before.
  bool isLasting(const Use& use, const llvm::StoreInst& store) const {
    const Value* place = store.getPointerOperand();
    if (use.getOperandNo() == llvm::StoreInst::getPointerOperandIndex()) return true;
    if (use.get() == &load_ && place == load_.getPointerOperand()) return false;
    const llvm::Loop* loop = loops_.getLoopFor(store.getParent());
    return loop == nullptr || !loop->isLoopInvariant(place) ||
           accumulates(*store.getValueOperand(), *place, *loop, kMaxOperands);
  }

  // Whether `value` is computed from what is at `place`, in the same trip round the loop.
  static bool accumulates(const Value& value, const Value& place, const llvm::Loop& loop,
                          unsigned depth) {
    auto* computed = dyn_cast<Instruction>(&value);
    if (computed == nullptr || !loop.contains(computed) || depth == 0) return false;
    if (auto* load = dyn_cast<LoadInst>(computed)) return load->getPointerOperand() == &place;
    if (!isa<llvm::BinaryOperator, llvm::CastInst>(computed)) return false;
    return llvm::any_of(computed->operands(), [&](const Use& operand) {
      return accumulates(*operand, place, loop, depth / 2);
    });
  }

  const LoadInst& load_;
  const llvm::LoopInfo& loops_;
  const EqualLoads& equals_;
  IdleLoops& idleLoops_;
  llvm::DenseMap<const Instruction*, Assumption> assumed_;
  llvm::SmallPtrSet<const Instruction*, 8> refuted_;
  unsigned usesLeft_ = kMaxUses;
  bool isStable_ = true;
  bool hasEffect_ = false;
};

bool isAnchor(const Instruction& instruction) {
  auto* intrinsic = dyn_cast<llvm::IntrinsicInst>(&instruction);
  return intrinsic != nullptr && intrinsic->getIntrinsicID() == llvm::Intrinsic::fake_use;
}

bool mustTrap(const Instruction& instruction) {
  auto* load = dyn_cast<LoadInst>(&instruction);
  return load != nullptr && load->isVolatile() && !load->isAtomic();
}

// The loads that anchored values have come to consist of. A load may have been frozen, or replaced
// by another one, or by a phi of new ones that have no anchors of their own.
class AnchoredLoads {
 public:
  void add(Value* anchored) {
    llvm::SmallVector<Value*> pending{anchored};
    while (!pending.empty()) {
      auto* value = dyn_cast<Instruction>(pending.pop_back_val());
      if (value == nullptr || !seen_.insert(value).second) continue;
      if (auto* load = dyn_cast<LoadInst>(value)) {
        loads_.push_back(load);
      } else if (isa<llvm::PHINode, llvm::SelectInst, llvm::CastInst, llvm::FreezeInst>(value)) {
        pending.append(value->op_begin(), value->op_end());
      }
    }
  }
  llvm::ArrayRef<LoadInst*> loads() const { return loads_; }

 private:
  llvm::SmallPtrSet<const Value*, 16> seen_;
  llvm::SmallVector<LoadInst*> loads_;
};

// Whether there was an anchor.
bool makeVolatileAgain(llvm::Function& function) {
  AnchoredLoads anchored;
  bool isAnchored = false;
  for (Instruction& instruction : llvm::make_early_inc_range(llvm::instructions(function))) {
    if (!isAnchor(instruction)) continue;
    anchored.add(instruction.getOperand(0));
    instruction.eraseFromParent();
    isAnchored = true;
  }
  for (LoadInst* load : anchored.loads()) load->setVolatile(true);
  return isAnchored;
}

llvm::PreservedAnalyses preserved(bool isChanged) {
  if (!isChanged) return llvm::PreservedAnalyses::all();
  llvm::PreservedAnalyses preserved;
  preserved.preserveSet<llvm::CFGAnalyses>();
  preserved.preserve<llvm::ScalarEvolutionAnalysis>();
  return preserved;
}

void anchor(llvm::ArrayRef<LoadInst*> loads, llvm::Module& module) {
  llvm::Function* use = llvm::Intrinsic::getOrInsertDeclaration(&module, llvm::Intrinsic::fake_use);
  for (LoadInst* load : loads) llvm::IRBuilder<>(load->getNextNode()).CreateCall(use, load);
}

}  // namespace

void AnchorLoads::keepTestsInLoops() { setLlvmOption("unswitch-threshold", 0); }

llvm::PreservedAnalyses AnchorLoads::run(llvm::Function& function, llvm::FunctionAnalysisManager&) {
  llvm::SmallVector<LoadInst*> loads;
  for (Instruction& instruction : llvm::instructions(function)) {
    if (mustTrap(instruction)) loads.push_back(llvm::cast<LoadInst>(&instruction));
  }
  for (LoadInst* load : loads) load->setVolatile(false);
  anchor(loads, *function.getParent());
  return preserved(!loads.empty());
}

llvm::PreservedAnalyses GatherAnchors::run(llvm::Function& function,
                                           llvm::FunctionAnalysisManager&) {
  llvm::SmallSetVector<LoadInst*, 16> loads;
  for (Instruction& instruction : llvm::make_early_inc_range(llvm::instructions(function))) {
    auto* load = isAnchor(instruction) ? dyn_cast<LoadInst>(instruction.getOperand(0)) : nullptr;
    if (load == nullptr) continue;
    loads.insert(load);
    instruction.eraseFromParent();
  }
  anchor(loads.getArrayRef(), *function.getParent());
  return preserved(!loads.empty());
}

llvm::PreservedAnalyses ReleaseLoads::run(llvm::Function& function,
                                          llvm::FunctionAnalysisManager& analyses) {
  const llvm::LoopInfo& loops = analyses.getResult<llvm::LoopAnalysis>(function);
  bool isAnchored = makeVolatileAgain(function);
  EqualLoads equals(function, loops, analyses.getResult<llvm::ScalarEvolutionAnalysis>(function));
  IdleLoops idleLoops(loops);
  llvm::SmallVector<LoadInst*> released;
  for (Instruction& instruction : llvm::instructions(function)) {
    if (!mustTrap(instruction)) continue;
    auto& load = llvm::cast<LoadInst>(instruction);
    if (Fate(load, loops, equals, idleLoops).isCertain()) released.push_back(&load);
  }
  for (LoadInst* load : released) load->setVolatile(false);
  return preserved(isAnchored || !released.empty());
}

}  // namespace codegen
