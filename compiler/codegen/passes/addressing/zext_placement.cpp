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

bool isWord(const Value* value) { return value->getType()->isIntegerTy(32); }

llvm::ZExtInst* asExtension(Value* user) {
  auto* extension = dyn_cast<llvm::ZExtInst>(user);
  bool isOurs = extension != nullptr && isWord(extension->getOperand(0)) &&
                extension->getType()->isIntegerTy(64);
  return isOurs ? extension : nullptr;
}

// Whether the instruction that computes `value` clears the upper half of its register.
bool isExtendedForFree(const Value* value) {
  return isa<llvm::BinaryOperator, llvm::SelectInst, llvm::LoadInst, llvm::ZExtInst, llvm::SExtInst,
             llvm::IntrinsicInst>(value);
}

BasicBlock* homeOf(Value* value) {
  if (auto* argument = dyn_cast<llvm::Argument>(value)) {
    return &argument->getParent()->getEntryBlock();
  }
  return llvm::cast<Instruction>(value)->getParent();
}

std::optional<BasicBlock::iterator> placeAfter(Value* value) {
  if (isa<llvm::Argument>(value)) return homeOf(value)->getFirstInsertionPt();
  return llvm::cast<Instruction>(value)->getInsertionPointAfterDef();
}

// The block in which a use needs the value.
BasicBlock* blockOf(const llvm::Use& use) {
  auto* user = llvm::cast<Instruction>(use.getUser());
  auto* phi = dyn_cast<PHINode>(user);
  return phi == nullptr ? user->getParent() : phi->getIncomingBlock(use);
}

// Whether the phi is what `value` was in the iteration before. The back end may rotate such a
// recurrence, so that the extension is one of the phi.
bool isStepOf(const Value* value, const PHINode& phi) {
  auto* step = dyn_cast<llvm::BinaryOperator>(value);
  return step != nullptr && llvm::is_contained(step->operands(), &phi);
}

class Extender {
 public:
  Extender(llvm::Function& function, const llvm::BlockFrequencyInfo& frequencies)
      : function_(function), frequencies_(frequencies) {}

  bool run() {
    llvm::SmallVector<Value*, 16> extended = findExtended();
    chooseWebs(extended);
    for (PHINode* phi : chosen_) makeTwin(phi);
    for (PHINode* phi : chosen_) fillTwin(phi);
    for (Value* value : extended) {
      if (!isa<PHINode>(value) && isWorthMoving(value)) extensionOf(value);
    }
    for (auto [value, wide] : wide_) useInstead(value, wide);
    for (PHINode* phi : chosen_) {
      phi->replaceAllUsesWith(llvm::PoisonValue::get(phi->getType()));
      phi->eraseFromParent();
    }
    return !wide_.empty();
  }

 private:
  // What is extended anywhere.
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

  // How often extensions of the value are executed, in blocks other than `except`.
  uint64_t extensionsOf(Value* value, const BasicBlock* except) const {
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

  bool isExtendedAtHome(Value* value) const {
    return llvm::any_of(value->users(), [&](Value* user) {
      llvm::ZExtInst* extension = asExtension(user);
      return extension != nullptr && extension->getParent() == homeOf(value);
    });
  }

  // How often an extension right after the value would be executed.
  uint64_t costOf(Value* value) const {
    bool isFree = isExtendedForFree(value) || isExtendedAtHome(value);
    return isFree ? 0 : frequencyOf(homeOf(value));
  }

  bool isWorthMoving(Value* value) const {
    uint64_t gain = extensionsOf(value, homeOf(value));
    return gain > costOf(value) && placeAfter(value).has_value();
  }

  // Phis that feed each other change together, or not at all.
  void chooseWebs(llvm::ArrayRef<Value*> extended) {
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
      if (isWorthExtending(web)) chosen_.insert(chosen_.end(), web.begin(), web.end());
    }
  }

  bool isWorthExtending(llvm::ArrayRef<PHINode*> web) const {
    uint64_t gain = 0, cost = 0;
    llvm::SmallPtrSet<Value*, 16> seen;
    for (PHINode* phi : web) {
      gain = llvm::SaturatingAdd(gain, extensionsOf(phi, nullptr));
      for (Value* incoming : phi->incoming_values()) {
        if (isa<PHINode>(incoming) || !seen.insert(incoming).second) continue;
        if (isStepOf(incoming, *phi)) {
          gain = llvm::SaturatingAdd(gain, extensionsOf(incoming, nullptr));
        }
        if (isa<llvm::ConstantInt, llvm::UndefValue>(incoming)) continue;
        if (isa<llvm::Constant>(incoming) || !placeAfter(incoming)) return false;
        cost = llvm::SaturatingAdd(cost, costOf(incoming));
      }
    }
    return gain > cost;
  }

  llvm::Type* wideType() const { return llvm::Type::getInt64Ty(function_.getContext()); }

  void makeTwin(PHINode* phi) {
    wide_[phi] = PHINode::Create(wideType(), phi->getNumIncomingValues(), phi->getName() + ".wide",
                                 phi->getIterator());
  }

  void fillTwin(PHINode* phi) {
    auto* twin = llvm::cast<PHINode>(wide_.lookup(phi));
    for (unsigned i = 0; i < phi->getNumIncomingValues(); ++i) {
      twin->addIncoming(extensionOf(phi->getIncomingValue(i)), phi->getIncomingBlock(i));
    }
  }

  Value* extensionOf(Value* value) {
    if (auto* constant = dyn_cast<llvm::ConstantInt>(value)) {
      return llvm::ConstantInt::get(wideType(), constant->getZExtValue());
    }
    if (isa<llvm::PoisonValue>(value)) return llvm::PoisonValue::get(wideType());
    if (isa<llvm::UndefValue>(value)) return llvm::ConstantInt::get(wideType(), 0);
    Value*& wide = wide_[value];
    if (wide == nullptr) {
      BasicBlock::iterator place = *placeAfter(value);
      wide = llvm::IRBuilder<>(place->getParent(), place).CreateZExt(value, wideType());
    }
    return wide;
  }

  // All extensions become `wide`; where it is not made by the instruction that makes the value, no
  // other block needs both.
  void useInstead(Value* value, Value* wide) {
    bool isPhi = isa<PHINode>(value);
    llvm::DenseMap<BasicBlock*, Value*> halves;
    for (llvm::Use& use : llvm::make_early_inc_range(value->uses())) {
      auto* user = llvm::cast<Instruction>(use.getUser());
      if (user == wide || (isPhi && isTwinned(user))) continue;
      if (llvm::ZExtInst* extension = asExtension(user)) {
        extension->replaceAllUsesWith(wide);
        extension->eraseFromParent();
      } else if (isPhi || (!isExtendedForFree(value) && blockOf(use) != homeOf(value))) {
        use.set(halfIn(*blockOf(use), wide, halves));
      }
    }
  }

  bool isTwinned(Instruction* user) const {
    auto* phi = dyn_cast<PHINode>(user);
    return phi != nullptr && wide_.contains(phi);
  }

  static Value* halfIn(BasicBlock& block, Value* wide,
                       llvm::DenseMap<BasicBlock*, Value*>& halves) {
    Value*& half = halves[&block];
    if (half == nullptr) {
      llvm::IRBuilder<> builder(&block, block.getFirstInsertionPt());
      half = builder.CreateTrunc(wide, builder.getInt32Ty());
    }
    return half;
  }

  llvm::Function& function_;
  const llvm::BlockFrequencyInfo& frequencies_;
  std::vector<PHINode*> chosen_;
  llvm::MapVector<Value*, Value*> wide_;
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
