#include "compiler/codegen/passes/fuel/fuel_loop_versioning.h"

#include <llvm/ADT/SetVector.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/Analysis/TargetTransformInfo.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/MDBuilder.h>
#include <llvm/Transforms/Utils/BasicBlockUtils.h>
#include <llvm/Transforms/Utils/Local.h>
#include <llvm/Transforms/Utils/LoopSimplify.h>
#include <llvm/Transforms/Utils/LoopUtils.h>
#include <llvm/Transforms/Utils/ScalarEvolutionExpander.h>

#include <optional>

#include "compiler/codegen/passes/analysis/fuel_check.h"
#include "compiler/codegen/passes/analysis/loop_copy.h"

namespace codegen {
namespace {

using llvm::BasicBlock;
using llvm::Instruction;
using llvm::Loop;
using llvm::SCEV;
using llvm::Value;

// Bounds the code that is duplicated for a loop.
constexpr size_t kMaxInstructions = 200;
// Bounds what an iteration may consume, so that the guard's computation does not overflow.
constexpr uint64_t kMaxConsumption = uint64_t{1} << 24;
// The cost of computing the number of iterations before the loop, as LLVM estimates it.
constexpr unsigned kMaxExpansionCost = 8;

// Finds what the loop consumes. Its checks test values that are the fuel at the start of the
// iteration, a phi of the header, minus what has been consumed in the iteration.
class Consumption {
 public:
  Consumption(const Loop& loop, llvm::ScalarEvolution& evolution)
      : loop_(loop), evolution_(evolution) {}

  // Returns whether it could be bounded. The other members may be called only then.
  bool find() {
    for (BasicBlock* block : loop_.blocks()) checks_.append(fuelChecksIn(*block));
    for (llvm::CallInst* check : checks_) {
      std::optional<uint64_t> consumed = consumedUpTo(fuelOf(*check));
      if (!consumed) return false;
      beforeCheck_ = std::max(beforeCheck_, *consumed);
    }
    if (start_ == nullptr) return false;
    auto each = consumedUpTo(latest());
    perIteration_ = each.value_or(0);
    return perIteration_ != 0 && perIteration_ <= kMaxConsumption &&
           beforeCheck_ <= kMaxConsumption;
  }

  llvm::ArrayRef<llvm::CallInst*> checks() const { return checks_; }
  // The fuel at the start of an iteration, at its end, and before the loop.
  llvm::PHINode* start() const { return start_; }
  Value* latest() const { return start_->getIncomingValueForBlock(loop_.getLoopLatch()); }
  Value* initial() const { return start_->getIncomingValueForBlock(loop_.getLoopPreheader()); }
  // The most that an iteration consumes, and the most that it consumes before its last check.
  uint64_t perIteration() const { return perIteration_; }
  uint64_t beforeCheck() const { return beforeCheck_; }

 private:
  // Returns the most that has been consumed in the iteration if the fuel is `fuel`.
  std::optional<uint64_t> consumedUpTo(Value* fuel) {
    auto known = consumed_.find(fuel);
    if (known != consumed_.end()) return known->second;
    consumed_[fuel] = std::nullopt;  // found again if control flow has a cycle that is no loop
    std::optional<uint64_t> found = compute(fuel);
    consumed_[fuel] = found;
    return found;
  }

  std::optional<uint64_t> compute(Value* fuel) {
    auto* instruction = llvm::dyn_cast<Instruction>(fuel);
    if (instruction == nullptr || !loop_.contains(instruction)) return std::nullopt;
    if (auto* phi = llvm::dyn_cast<llvm::PHINode>(instruction)) {
      if (phi->getParent() == loop_.getHeader()) return atStart(*phi);
      return mostOf(phi->incoming_values());
    }
    if (auto* select = llvm::dyn_cast<llvm::SelectInst>(instruction)) {
      return mostOf({select->getTrueValue(), select->getFalseValue()});
    }
    unsigned opcode = instruction->getOpcode();
    if (opcode != Instruction::Add && opcode != Instruction::Sub) return std::nullopt;
    std::optional<uint64_t> before = consumedUpTo(instruction->getOperand(0));
    llvm::ConstantRange range =
        evolution_.getSignedRange(evolution_.getSCEV(instruction->getOperand(1)));
    llvm::APInt most = opcode == Instruction::Sub ? range.getSignedMax() : -range.getSignedMin();
    if (!before || most.isNegative() || most.ugt(kMaxConsumption)) return std::nullopt;
    return *before + most.getZExtValue();
  }

  std::optional<uint64_t> atStart(llvm::PHINode& phi) {
    if (start_ == nullptr) start_ = &phi;
    return start_ == &phi ? std::optional(uint64_t{0}) : std::nullopt;
  }

  template <class Values>
  std::optional<uint64_t> mostOf(Values&& values) {
    uint64_t most = 0;
    for (Value* value : values) {
      std::optional<uint64_t> consumed = consumedUpTo(value);
      if (!consumed) return std::nullopt;
      most = std::max(most, *consumed);
    }
    return most;
  }

  std::optional<uint64_t> mostOf(std::initializer_list<Value*> values) {
    return mostOf<const std::initializer_list<Value*>&>(values);
  }

  const Loop& loop_;
  llvm::ScalarEvolution& evolution_;
  llvm::SmallVector<llvm::CallInst*> checks_;
  llvm::PHINode* start_ = nullptr;
  llvm::DenseMap<Value*, std::optional<uint64_t>> consumed_;
  uint64_t perIteration_ = 0;
  uint64_t beforeCheck_ = 0;
};

// Simplifies the counting in a loop without checks whose only exit is at its end. The fuel is not
// needed in the loop then: behind it, it is what it was before, plus the sum of what each iteration
// has changed it by. If that is a constant, the sum is a product. Otherwise it is added up in 32
// bits, as LLVM's vectorizer can do it without wide vectors.
class Summation {
 public:
  // The loop runs `more` + 1 times, an i64; null if that is not known.
  Summation(Loop& loop, const Consumption& consumption, Value* more)
      : loop_(loop),
        start_(*consumption.start()),
        latest_(consumption.latest()),
        initial_(consumption.initial()),
        more_(more),
        i32_(llvm::Type::getInt32Ty(start_.getContext())) {}

  // Returns whether the loop has such an exit.
  static bool isPossible(const Loop& loop) {
    return loop.getExitingBlock() == loop.getLoopLatch() && loop.getUniqueExitBlock() != nullptr;
  }

  // Lets what follows the loop use the fuel at the end of the last iteration, where it uses a value
  // that differs from that by a constant. The loop must be in LCSSA form, and not copied yet.
  static void useLatest(Loop& loop, Value* latest) {
    llvm::SmallVector<llvm::PHINode*> exits;
    for (llvm::PHINode& phi : loop.getUniqueExitBlock()->phis()) exits.push_back(&phi);
    for (llvm::PHINode* phi : exits) {
      std::optional<int64_t> distance = distanceTo(latest, phi->getIncomingValue(0));
      if (!distance || *distance == 0 || phi->getNumIncomingValues() != 1) continue;
      llvm::IRBuilder<> ir(phi->getParent(), phi->getParent()->getFirstInsertionPt());
      Value* fixed = ir.CreateNSWSub(phi, ir.getInt64(static_cast<uint64_t>(*distance)));
      phi->replaceUsesWithIf(fixed, [&](llvm::Use& use) { return use.getUser() != fixed; });
      phi->setIncomingValue(0, latest);
    }
  }

  // Returns the constant by which each iteration changes the fuel, if it is one.
  std::optional<int64_t> constantChange() const { return distanceTo(latest_, &start_); }

  void run(llvm::DominatorTree& dominators, llvm::LoopInfo& loops) {
    std::optional<int64_t> change = constantChange();
    if (change && more_ == nullptr) return;
    BasicBlock* latch = loop_.getLoopLatch();
    BasicBlock* end = llvm::SplitBlockPredecessors(loop_.getUniqueExitBlock(), {latch}, ".counted",
                                                   &dominators, &loops, nullptr, true);
    Value* sum = change ? product(*change) : added(end);
    llvm::IRBuilder<> ir(end->getTerminator());
    Value* fuel = ir.CreateNSWAdd(initial_, sum);
    llvm::SmallVector<llvm::PHINode*> phis;
    for (llvm::PHINode& phi : end->phis()) phis.push_back(&phi);
    for (llvm::PHINode* phi : phis) {
      if (phi->getIncomingValue(0) != latest_) continue;
      phi->replaceAllUsesWith(fuel);
      phi->eraseFromParent();
    }
    removeUnused();
  }

 private:
  // Removes the computation of the fuel from the loop, unless something else uses it.
  void removeUnused() {
    llvm::SmallSetVector<Instruction*, 16> dependent;
    dependent.insert(&start_);
    for (size_t i = 0; i < dependent.size(); ++i) {
      for (llvm::User* user : dependent[i]->users()) {
        auto* instruction = llvm::cast<Instruction>(user);
        bool isCounting = llvm::isa<llvm::PHINode, llvm::SelectInst, llvm::BinaryOperator>(user);
        if (!isCounting || !loop_.contains(instruction)) return;
        dependent.insert(instruction);
      }
    }
    for (Instruction* each : dependent) {
      each->replaceAllUsesWith(llvm::PoisonValue::get(each->getType()));
    }
    for (Instruction* each : dependent) each->eraseFromParent();
  }

  // Returns `to` - `from` if it is a constant by which the one is computed from the other.
  static std::optional<int64_t> distanceTo(Value* to, Value* from) {
    int64_t distance = 0;
    while (to != from) {
      auto* step = llvm::dyn_cast<llvm::BinaryOperator>(to);
      if (step == nullptr) return std::nullopt;
      auto* constant = llvm::dyn_cast<llvm::ConstantInt>(step->getOperand(1));
      bool isSum = step->getOpcode() == Instruction::Add;
      if (constant == nullptr || (!isSum && step->getOpcode() != Instruction::Sub)) {
        return std::nullopt;
      }
      distance += isSum ? constant->getSExtValue() : -constant->getSExtValue();
      to = step->getOperand(0);
    }
    return distance;
  }

  Value* product(int64_t change) {
    llvm::IRBuilder<> ir(loop_.getLoopPreheader()->getTerminator());
    Value* times = ir.CreateNUWAdd(more_, ir.getInt64(1));
    return ir.CreateNSWMul(times, ir.getInt64(static_cast<uint64_t>(change)));
  }

  // Adds the changes up, and returns their sum in the block behind the loop.
  Value* added(BasicBlock* end) {
    BasicBlock* header = loop_.getHeader();
    BasicBlock* latch = loop_.getLoopLatch();
    llvm::IRBuilder<> ir(header, header->begin());
    llvm::PHINode* sum = ir.CreatePHI(i32_, 2, "consumed");
    ir.SetInsertPoint(latch->getTerminator());
    Value* next = ir.CreateNSWAdd(sum, changeAt(latest_));
    sum->addIncoming(llvm::ConstantInt::get(i32_, 0), loop_.getLoopPreheader());
    sum->addIncoming(next, latch);
    ir.SetInsertPoint(end, end->begin());
    llvm::PHINode* total = ir.CreatePHI(i32_, 1);
    total->addIncoming(next, latch);
    ir.SetInsertPoint(end->getTerminator());
    return ir.CreateSExt(total, ir.getInt64Ty());
  }

  // Returns `fuel` minus the fuel at the start of the iteration, an i32.
  Value* changeAt(Value* fuel) {
    if (fuel == &start_) return llvm::ConstantInt::get(i32_, 0);
    if (Value* known = changes_.lookup(fuel)) return known;
    Value* change = makeChange(*llvm::cast<Instruction>(fuel));
    return changes_[fuel] = change;
  }

  Value* makeChange(Instruction& fuel) {
    llvm::IRBuilder<> ir(&fuel);
    if (auto* phi = llvm::dyn_cast<llvm::PHINode>(&fuel)) {
      llvm::PHINode* change = ir.CreatePHI(i32_, phi->getNumIncomingValues());
      for (unsigned i = 0; i < phi->getNumIncomingValues(); ++i) {
        change->addIncoming(changeAt(phi->getIncomingValue(i)), phi->getIncomingBlock(i));
      }
      return change;
    }
    if (auto* select = llvm::dyn_cast<llvm::SelectInst>(&fuel)) {
      return ir.CreateSelect(select->getCondition(), changeAt(select->getTrueValue()),
                             changeAt(select->getFalseValue()));
    }
    Value* before = changeAt(fuel.getOperand(0));
    Value* step = ir.CreateTrunc(fuel.getOperand(1), i32_);
    return fuel.getOpcode() == Instruction::Add ? ir.CreateNSWAdd(before, step)
                                                : ir.CreateNSWSub(before, step);
  }

  Loop& loop_;
  llvm::PHINode& start_;
  Value* latest_;
  Value* initial_;
  Value* more_;
  llvm::Type* i32_;
  llvm::DenseMap<Value*, Value*> changes_;
};

class Versioning {
 public:
  Versioning(Loop& loop, const Consumption& consumption, llvm::LoopInfo& loops,
             llvm::DominatorTree& dominators, llvm::ScalarEvolution& evolution,
             const llvm::TargetTransformInfo& costs)
      : loop_(loop),
        consumption_(consumption),
        loops_(loops),
        dominators_(dominators),
        evolution_(evolution),
        costs_(costs),
        expander_(evolution, "fuel") {}

  // Returns false, and changes nothing, if the number of iterations cannot be computed before.
  bool run() {
    more_ = evolution_.getSymbolicMaxBackedgeTakenCount(&loop_);
    guard_ = loop_.getLoopPreheader();
    if (!canExpand()) return false;
    bool isExact = evolution_.getBackedgeTakenCount(&loop_) == more_;
    bool isSummed = Summation::isPossible(loop_);
    llvm::formLCSSARecursively(loop_, dominators_, &loops_, &evolution_);
    evolution_.forgetLoop(&loop_);
    if (isSummed) Summation::useLatest(loop_, consumption_.latest());
    BasicBlock* entry = llvm::SplitBlock(guard_, guard_->getTerminator(), &dominators_, &loops_);
    Loop* checked = copyLoop(loop_, entry, guard_, ".checked", loops_, dominators_, evolution_);
    Value* more = emitGuard(entry, checked->getLoopPreheader(), isSummed);
    for (llvm::CallInst* check : consumption_.checks()) check->eraseFromParent();
    if (isSummed) {
      Summation(loop_, consumption_, isExact ? more : nullptr).run(dominators_, loops_);
    }
    return true;
  }

 private:
  bool canExpand() {
    const Instruction* end = guard_->getTerminator();
    return !llvm::isa<llvm::SCEVCouldNotCompute>(more_) &&
           more_->getType()->getIntegerBitWidth() <= 64 && expander_.isSafeToExpandAt(more_, end) &&
           !expander_.isHighCostExpansion(more_, &loop_, kMaxExpansionCost, &costs_, end);
  }

  // The fuel can be negative here by what the function has consumed since the last check. If the
  // product of the iterations and their consumption may overflow, the fuel is divided instead. If
  // the consumption is summed, it must fit 32 bits. Returns the number of further iterations.
  Value* emitGuard(BasicBlock* entry, BasicBlock* checked, bool isSummed) {
    Instruction* old = guard_->getTerminator();
    llvm::IRBuilder<> ir(old);
    Value* more = ir.CreateZExt(
        expander_.expandCodeFor(more_, more_->getType(), old->getIterator()), ir.getInt64Ty());
    Value* each = ir.getInt64(consumption_.perIteration());
    Value* rest = ir.CreateSub(consumption_.initial(), ir.getInt64(consumption_.beforeCheck()));
    Value* suffices;
    if (evolution_.getUnsignedRangeMax(more_).getActiveBits() <= 33) {
      suffices = ir.CreateICmpSLE(ir.CreateMul(more, each), rest);
    } else {
      Value* isPositive = ir.CreateICmpSGE(rest, ir.getInt64(0));
      suffices = ir.CreateAnd(isPositive, ir.CreateICmpULE(more, ir.CreateUDiv(rest, each)));
    }
    if (isSummed && !Summation(loop_, consumption_, more).constantChange()) {
      uint64_t most = INT32_MAX / consumption_.perIteration() - 1;
      suffices = ir.CreateAnd(suffices, ir.CreateICmpULE(more, ir.getInt64(most)));
    }
    llvm::BranchInst* branch =
        ir.CreateCondBr(ir.CreateFreeze(suffices), entry, checked,
                        llvm::MDBuilder(ir.getContext()).createLikelyBranchWeights());
    branch->setDebugLoc(old->getDebugLoc());
    old->eraseFromParent();
    return more;
  }

  Loop& loop_;
  const Consumption& consumption_;
  llvm::LoopInfo& loops_;
  llvm::DominatorTree& dominators_;
  llvm::ScalarEvolution& evolution_;
  const llvm::TargetTransformInfo& costs_;
  llvm::SCEVExpander expander_;
  const SCEV* more_ = nullptr;  // the number of iterations after the first one, or more
  BasicBlock* guard_ = nullptr;
};

}  // namespace

llvm::PreservedAnalyses FuelLoopVersioning::run(llvm::Function& function,
                                                llvm::FunctionAnalysisManager& analyses) {
  if (fuelChecksIn(function).empty()) return llvm::PreservedAnalyses::all();
  auto& loops = analyses.getResult<llvm::LoopAnalysis>(function);
  auto& dominators = analyses.getResult<llvm::DominatorTreeAnalysis>(function);
  auto& evolution = analyses.getResult<llvm::ScalarEvolutionAnalysis>(function);
  auto& costs = analyses.getResult<llvm::TargetIRAnalysis>(function);
  bool hasChanged = false;
  for (Loop* loop : copyableLoops(loops, kMaxInstructions)) {
    hasChanged |=
        llvm::simplifyLoop(loop, &dominators, &loops, &evolution, nullptr, nullptr, false);
    if (!loop->isLoopSimplifyForm()) continue;
    Consumption consumption(*loop, evolution);
    if (!consumption.find()) continue;
    hasChanged |= Versioning(*loop, consumption, loops, dominators, evolution, costs).run();
  }
  return hasChanged ? llvm::PreservedAnalyses::none() : llvm::PreservedAnalyses::all();
}

}  // namespace codegen
