#include "compiler/codegen/passes/addressing/zext_placement.h"

#include <llvm/ADT/EquivalenceClasses.h>
#include <llvm/ADT/MapVector.h>
#include <llvm/ADT/SetVector.h>
#include <llvm/ADT/SmallPtrSet.h>
#include <llvm/Analysis/BlockFrequencyInfo.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/IntrinsicInst.h>

namespace codegen {

using llvm::BasicBlock;
using llvm::dyn_cast;
using llvm::Instruction;
using llvm::isa;
using llvm::PHINode;
using llvm::Value;

namespace {

bool isInt32(const Value* value) { return value->getType()->isIntegerTy(32); }

llvm::ZExtInst* asExtension(Value* user) {
  auto* extension = dyn_cast<llvm::ZExtInst>(user);
  bool isFromInt32 = extension != nullptr && isInt32(extension->getOperand(0)) &&
                     extension->getType()->isIntegerTy(64);
  return isFromInt32 ? extension : nullptr;
}

// Returns true if the instruction that computes `value` clears the upper half of its register.
bool isExtendedForFree(const Value* value) {
  return isa<llvm::BinaryOperator, llvm::SelectInst, llvm::LoadInst, llvm::ZExtInst, llvm::SExtInst,
             llvm::IntrinsicInst>(value);
}

BasicBlock* definingBlock(Value* value) {
  if (auto* argument = dyn_cast<llvm::Argument>(value)) {
    return &argument->getParent()->getEntryBlock();
  }
  // The result of an invoke exists in the block behind it only.
  if (auto* invoke = dyn_cast<llvm::InvokeInst>(value)) return invoke->getNormalDest();
  return llvm::cast<Instruction>(value)->getParent();
}

std::optional<BasicBlock::iterator> insertionPointAfter(Value* value) {
  if (isa<llvm::Argument>(value)) return definingBlock(value)->getFirstInsertionPt();
  // The block behind an invoke may have other predecessors, in which the result does not exist.
  auto* invoke = dyn_cast<llvm::InvokeInst>(value);
  if (invoke != nullptr && !invoke->getNormalDest()->getSinglePredecessor()) return std::nullopt;
  return llvm::cast<Instruction>(value)->getInsertionPointAfterDef();
}

// Returns the block in which a use needs the value: for a phi, the incoming block.
BasicBlock* useBlock(const llvm::Use& use) {
  auto* user = llvm::cast<Instruction>(use.getUser());
  auto* phi = dyn_cast<PHINode>(user);
  return phi == nullptr ? user->getParent() : phi->getIncomingBlock(use);
}

// Returns true if `value` is computed from `phi` by one operation, as the next value of an
// induction variable is. The back end may rotate such a recurrence, which makes the extension one
// of the phi.
bool isStepOf(const Value* value, const PHINode& phi) {
  auto* step = dyn_cast<llvm::BinaryOperator>(value);
  return step != nullptr && llvm::is_contained(step->operands(), &phi);
}

// Widens phis and moves the other extensions of one function.
class Extender {
 public:
  Extender(llvm::Function& function, const llvm::BlockFrequencyInfo& frequencies)
      : function_(function), frequencies_(frequencies) {}

  // Returns true if the function changed.
  bool run() {
    llvm::SmallVector<Value*, 16> extended = findExtended();
    chooseWebsToWiden(extended);
    for (PHINode* phi : chosen_) createWidePhi(phi);
    for (PHINode* phi : chosen_) fillWidePhi(phi);
    for (Value* value : extended) {
      if (!isa<PHINode>(value) && isWorthMoving(value)) extensionOf(value);
    }
    for (auto [value, wide] : wide_) replaceUses(value, wide);
    for (PHINode* phi : chosen_) {
      phi->replaceAllUsesWith(llvm::PoisonValue::get(phi->getType()));
      phi->eraseFromParent();
    }
    return !wide_.empty();
  }

 private:
  // Returns all 32-bit values that have an extension.
  llvm::SmallVector<Value*, 16> findExtended() const {
    llvm::SmallSetVector<Value*, 16> found;
    for (Instruction& instruction : llvm::instructions(function_)) {
      llvm::ZExtInst* extension = asExtension(&instruction);
      if (extension != nullptr && !isa<llvm::Constant>(extension->getOperand(0))) {
        found.insert(extension->getOperand(0));
      }
    }
    return found.takeVector();
  }

  uint64_t frequencyOf(const BasicBlock* block) const {
    return frequencies_.getBlockFreq(block).getFrequency();
  }

  // Returns how often extensions of the value are executed, by block frequency, without those in
  // the block `except`. Several extensions in one block count once, since the back end merges them.
  uint64_t extensionFrequency(Value* value, const BasicBlock* except) const {
    llvm::SmallPtrSet<BasicBlock*, 8> blocks;
    for (Value* user : value->users()) {
      if (llvm::ZExtInst* extension = asExtension(user)) blocks.insert(extension->getParent());
    }
    uint64_t sum = 0;
    for (BasicBlock* block : blocks) {
      if (block != except) sum = llvm::SaturatingAdd(sum, frequencyOf(block));
    }
    return sum;
  }

  bool isExtendedInDefiningBlock(Value* value) const {
    return llvm::any_of(value->users(), [&](Value* user) {
      llvm::ZExtInst* extension = asExtension(user);
      return extension != nullptr && extension->getParent() == definingBlock(value);
    });
  }

  // Returns how often an extension right after the value would be executed as an instruction.
  uint64_t extensionCost(Value* value) const {
    bool isFree = isExtendedForFree(value) || isExtendedInDefiningBlock(value);
    return isFree ? 0 : frequencyOf(definingBlock(value));
  }

  bool isWorthMoving(Value* value) const {
    uint64_t gain = extensionFrequency(value, definingBlock(value));
    return gain > extensionCost(value) && insertionPointAfter(value).has_value();
  }

  // Partitions the phis into webs, that is, sets of phis that are operands of each other, and
  // chooses the webs that are worth widening.
  void chooseWebsToWiden(llvm::ArrayRef<Value*> extended) {
    llvm::EquivalenceClasses<PHINode*> webs;
    llvm::SmallSetVector<PHINode*, 16> phis;
    for (Value* value : extended) {
      if (auto* phi = dyn_cast<PHINode>(value)) phis.insert(phi);
      for (llvm::User* user : value->users()) {
        auto* phi = dyn_cast<PHINode>(user);
        if (phi != nullptr && isStepOf(value, *phi)) phis.insert(phi);
      }
    }
    for (size_t i = 0; i < phis.size(); ++i) {
      PHINode* phi = phis[i];
      webs.insert(phi);
      for (Value* incoming : phi->incoming_values()) {
        auto* other = dyn_cast<PHINode>(incoming);
        if (other == nullptr) continue;
        phis.insert(other);
        webs.unionSets(phi, other);
      }
    }
    llvm::MapVector<PHINode*, std::vector<PHINode*>> members;
    for (PHINode* phi : phis) members[webs.getLeaderValue(phi)].push_back(phi);
    for (auto& [leader, web] : members) {
      if (isWorthWidening(web)) chosen_.insert(chosen_.end(), web.begin(), web.end());
    }
  }

  // Compares the extensions that become free with those that have to be inserted for incoming
  // values.
  bool isWorthWidening(llvm::ArrayRef<PHINode*> web) const {
    uint64_t gain = 0, cost = 0;
    llvm::SmallPtrSet<Value*, 16> seen;
    for (PHINode* phi : web) {
      gain = llvm::SaturatingAdd(gain, extensionFrequency(phi, nullptr));
      for (Value* incoming : phi->incoming_values()) {
        if (isa<PHINode>(incoming) || !seen.insert(incoming).second) continue;
        if (isStepOf(incoming, *phi)) {
          gain = llvm::SaturatingAdd(gain, extensionFrequency(incoming, nullptr));
        }
        if (isa<llvm::ConstantInt, llvm::UndefValue>(incoming)) continue;
        if (isa<llvm::Constant>(incoming) || !insertionPointAfter(incoming)) return false;
        cost = llvm::SaturatingAdd(cost, extensionCost(incoming));
      }
    }
    return gain > cost;
  }

  llvm::Type* wideType() const { return llvm::Type::getInt64Ty(function_.getContext()); }

  void createWidePhi(PHINode* phi) {
    wide_[phi] = PHINode::Create(wideType(), phi->getNumIncomingValues(), phi->getName() + ".wide",
                                 phi->getIterator());
  }

  void fillWidePhi(PHINode* phi) {
    auto* widePhi = llvm::cast<PHINode>(wide_.lookup(phi));
    for (unsigned i = 0; i < phi->getNumIncomingValues(); ++i) {
      widePhi->addIncoming(extensionOf(phi->getIncomingValue(i)), phi->getIncomingBlock(i));
    }
  }

  // Returns the 64-bit counterpart of `value`, which is created if need be.
  Value* extensionOf(Value* value) {
    if (auto* constant = dyn_cast<llvm::ConstantInt>(value)) {
      return llvm::ConstantInt::get(wideType(), constant->getZExtValue());
    }
    if (isa<llvm::PoisonValue>(value)) return llvm::PoisonValue::get(wideType());
    if (isa<llvm::UndefValue>(value)) return llvm::ConstantInt::get(wideType(), 0);
    Value*& wide = wide_[value];
    if (wide == nullptr) {
      BasicBlock::iterator place = *insertionPointAfter(value);
      wide = llvm::IRBuilder<>(place->getParent(), place).CreateZExt(value, wideType());
    }
    return wide;
  }

  // Replaces all extensions of `value` by `wide`. If the value is a phi, or the extension is not
  // free, the other users in different blocks use a `trunc` of `wide`, so that only one of the two
  // is live across blocks.
  void replaceUses(Value* value, Value* wide) {
    bool isPhi = isa<PHINode>(value);
    llvm::DenseMap<BasicBlock*, Value*> truncs;
    for (llvm::Use& use : llvm::make_early_inc_range(value->uses())) {
      auto* user = llvm::cast<Instruction>(use.getUser());
      if (user == wide || (isPhi && isWidened(user))) continue;
      if (llvm::ZExtInst* extension = asExtension(user)) {
        extension->replaceAllUsesWith(wide);
        extension->eraseFromParent();
      } else if (isPhi || (!isExtendedForFree(value) && useBlock(use) != definingBlock(value))) {
        use.set(truncIn(*useBlock(use), wide, truncs));
      }
    }
  }

  bool isWidened(Instruction* user) const {
    auto* phi = dyn_cast<PHINode>(user);
    return phi != nullptr && wide_.contains(phi);
  }

  static Value* truncIn(BasicBlock& block, Value* wide,
                        llvm::DenseMap<BasicBlock*, Value*>& truncs) {
    Value*& trunc = truncs[&block];
    if (trunc == nullptr) {
      llvm::IRBuilder<> builder(&block, block.getFirstInsertionPt());
      trunc = builder.CreateTrunc(wide, builder.getInt32Ty());
    }
    return trunc;
  }

  llvm::Function& function_;
  const llvm::BlockFrequencyInfo& frequencies_;
  std::vector<PHINode*> chosen_;          // phis that are widened
  llvm::MapVector<Value*, Value*> wide_;  // 64-bit counterparts
};

}  // namespace

llvm::PreservedAnalyses ZextPlacement::run(llvm::Function& function,
                                           llvm::FunctionAnalysisManager& analyses) {
  auto& frequencies = analyses.getResult<llvm::BlockFrequencyAnalysis>(function);
  if (!Extender(function, frequencies).run()) return llvm::PreservedAnalyses::all();
  llvm::PreservedAnalyses preserved;
  preserved.preserveSet<llvm::CFGAnalyses>();
  return preserved;
}

}  // namespace codegen
