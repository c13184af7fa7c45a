#include "compiler/codegen/passes/loops/loop_reroll.h"

#include <llvm/Analysis/LoopAccessAnalysis.h>
#include <llvm/Analysis/TargetTransformInfo.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/Transforms/Utils/Local.h>
#include <llvm/Transforms/Utils/LoopUtils.h>
#include <llvm/Transforms/Utils/ScalarEvolutionExpander.h>

#include "compiler/codegen/passes/analysis/scev_size.h"
#include "compiler/codegen/passes/loops/licm_loop_versioning.h"
#include "compiler/codegen/passes/loops/unrolled_iterations.h"

namespace codegen {

using llvm::dyn_cast;
using llvm::Instruction;
using llvm::Loop;
using llvm::SCEV;
using llvm::Value;

namespace {

// Bodies are larger only where somebody wanted them to be.
constexpr size_t kMaxInstructions = 400;
constexpr unsigned kMaxStrands = 32;

// Puts the simpler loop in the place of one that was found to consist of strands.
class Reroller {
 public:
  Reroller(Loop& loop, llvm::ScalarEvolution& evolution, const UnrolledIterations& strands)
      : block_(*loop.getHeader()),
        loop_(loop),
        evolution_(evolution),
        strands_(strands),
        expander_(evolution, "strand"),
        entry_(loop.getLoopPreheader()->getTerminator()),
        end_(block_.getTerminator()) {}

  // Everything that can fail comes first.
  bool prepare() { return computeCount() && computeResults(); }

  void reroll() {
    for (Instruction& instruction : block_) old_.push_back(&instruction);
    createCounter();
    for (Instruction* member : strands_.members()) create(*member);
    for (auto [phi, first] : strands_.states()) {
      phi->setIncomingValueForBlock(&block_, copies_.lookup(first));
    }
    for (auto& [use, value] : results_) use->set(value);
    for (llvm::Use* use : lastUses_) {
      use->set(copies_.lookup(strands_.ofLast(use->get())));
    }
    evolution_.forgetLoop(&loop_);
    createExit();
    eraseOld();
  }

 private:
  bool computeCount() {
    const SCEV* taken = evolution_.getBackedgeTakenCount(&loop_);
    if (llvm::isa<llvm::SCEVCouldNotCompute>(taken) || !isSmall(*taken)) return false;
    if (evolution_.getUnsignedRangeMax(taken).getActiveBits() > 48) return false;
    llvm::Type* type = llvm::Type::getInt64Ty(block_.getContext());
    const SCEV* more = evolution_.getTruncateOrZeroExtend(taken, type);
    const SCEV* rounds = evolution_.getAddExpr(more, evolution_.getOne(type));
    const SCEV* count =
        evolution_.getMulExpr(rounds, evolution_.getConstant(type, strands_.factor()));
    if (!expander_.isSafeToExpandAt(count, entry_)) return false;
    count_ = expander_.expandCodeFor(count, type, entry_);
    return true;
  }

  // Values that are used after the loop are of the last strand, or can be told beforehand.
  bool computeResults() {
    for (Instruction& instruction : block_) {
      for (llvm::Use& use : instruction.uses()) {
        if (loop_.contains(llvm::cast<Instruction>(use.getUser()))) continue;
        if (strands_.ofLast(&instruction) != nullptr) {
          lastUses_.push_back(&use);
          continue;
        }
        if (!evolution_.isSCEVable(instruction.getType())) return false;
        const SCEV* last = evolution_.getSCEVAtScope(&instruction, loop_.getParentLoop());
        if (!isSmall(*last) || !evolution_.isLoopInvariant(last, &loop_)) return false;
        if (!expander_.isSafeToExpandAt(last, entry_)) return false;
        results_.emplace_back(&use, expander_.expandCodeFor(last, instruction.getType(), entry_));
      }
    }
    return true;
  }

  void createCounter() {
    llvm::IRBuilder<> builder(&block_, block_.begin());
    counter_ = builder.CreatePHI(builder.getInt64Ty(), 2, "strand");
  }

  void createExit() {
    llvm::IRBuilder<> builder(end_);
    Value* next = builder.CreateAdd(counter_, builder.getInt64(1), "", true, true);
    counter_->addIncoming(builder.getInt64(0), entry_->getParent());
    counter_->addIncoming(next, &block_);
    auto* exit = llvm::cast<llvm::BranchInst>(end_);
    bool staysIfTrue = exit->getSuccessor(0) == &block_;
    exit->setCondition(builder.CreateCmp(
        staysIfTrue ? llvm::CmpInst::ICMP_NE : llvm::CmpInst::ICMP_EQ, next, count_));
  }

  // The copy of a member, for one lane.
  void create(Instruction& member) {
    Instruction* copy = createOperation(member);
    for (Instruction* image : strands_.images(&member)) {
      copy->andIRFlags(image);
      if (image != &member) llvm::combineMetadataForCSE(copy, image, /*DoesKMove=*/true);
    }
    copy->setDebugLoc(member.getDebugLoc());
    copies_[&member] = copy;
  }

  Instruction* createOperation(Instruction& member) {
    llvm::Type* type = member.getType()->getScalarType();
    if (auto* call = dyn_cast<llvm::IntrinsicInst>(&member);
        call != nullptr && type != call->getType()) {
      llvm::SmallVector<Value*, 3> arguments;
      for (Value* argument : call->args()) arguments.push_back(lane(argument));
      llvm::IRBuilder<> builder(end_);
      return builder.CreateIntrinsic(call->getIntrinsicID(), {type}, arguments);
    }
    Instruction* copy = member.clone();
    for (llvm::Use& operand : copy->operands()) operand.set(lane(operand));
    copy->insertBefore(end_->getIterator());
    if (type != member.getType()) copy->mutateType(type);
    return copy;
  }

  // What `operand` of a member is in the simpler loop.
  Value* lane(Value* operand) {
    operand = strands_.plain(operand);
    if (loop_.isLoopInvariant(operand)) return operand;
    if (const llvm::SCEVAddRecExpr* recurrence = strands_.recurrence(operand)) {
      return advance(operand, *recurrence);
    }
    Value* copy = copies_.lookup(operand);
    return copy == nullptr ? operand : copy;
  }

  Value* advance(Value* operand, const llvm::SCEVAddRecExpr& recurrence) {
    for (auto [known, current] : advances_) {
      if (known == &recurrence) return current;
    }
    Value* current = advanceApart(operand, recurrence);
    if (current == nullptr) current = advanceAnew(operand, recurrence);
    advances_.emplace_back(&recurrence, current);
    return current;
  }

  // A pointer that stays in the distance of another one.
  Value* advanceApart(Value* operand, const llvm::SCEVAddRecExpr& recurrence) {
    if (!operand->getType()->isPointerTy()) return nullptr;
    for (auto [known, current] : advances_) {
      const SCEV* distance = evolution_.getMinusSCEV(&recurrence, known);
      auto* bytes = dyn_cast<llvm::SCEVConstant>(distance);
      if (bytes == nullptr) continue;
      llvm::IRBuilder<> builder(end_);
      return builder.CreateGEP(builder.getInt8Ty(), current, bytes->getValue(), "",
                               llvm::GEPNoWrapFlags::inBounds());
    }
    return nullptr;
  }

  Value* advanceAnew(Value* operand, const llvm::SCEVAddRecExpr& recurrence) {
    auto* step = llvm::cast<llvm::SCEVConstant>(recurrence.getStepRecurrence(evolution_));
    int64_t each = step->getAPInt().getSExtValue() / int64_t{strands_.factor()};
    Value* start = expander_.expandCodeFor(recurrence.getStart(), operand->getType(), entry_);
    llvm::IRBuilder<> builder(end_);
    Value* passed = builder.CreateMul(counter_, builder.getInt64(each));
    if (operand->getType()->isPointerTy()) {
      return builder.CreateGEP(builder.getInt8Ty(), start, passed, "",
                               llvm::GEPNoWrapFlags::inBounds());
    }
    return builder.CreateAdd(start, builder.CreateZExtOrTrunc(passed, operand->getType()));
  }

  void eraseOld() {
    llvm::SmallVector<Instruction*, 64> dead;
    for (Instruction* instruction : old_) {
      auto* phi = dyn_cast<llvm::PHINode>(instruction);
      bool isState = phi != nullptr && strands_.states().contains(phi);
      if (instruction != end_ && !isState) dead.push_back(instruction);
    }
    for (Instruction* instruction : dead) instruction->dropAllReferences();
    for (Instruction* instruction : dead) instruction->eraseFromParent();
  }

  llvm::BasicBlock& block_;
  Loop& loop_;
  llvm::ScalarEvolution& evolution_;
  const UnrolledIterations& strands_;
  llvm::SCEVExpander expander_;
  Instruction* entry_;
  Instruction* end_;
  Value* count_ = nullptr;
  llvm::PHINode* counter_ = nullptr;
  llvm::SmallVector<Instruction*, 64> old_;
  llvm::SmallVector<std::pair<llvm::Use*, Value*>, 4> results_;
  llvm::SmallVector<llvm::Use*, 4> lastUses_;
  llvm::DenseMap<const Value*, Value*> copies_;
  llvm::SmallVector<std::pair<const llvm::SCEVAddRecExpr*, Value*>, 8> advances_;
};

// Where no vectors are wanted, a loop is better off unrolled.
bool isSuitable(const Loop& loop) {
  return (llvm::hasVectorizeTransformation(&loop) & llvm::TM_Disable) == 0 &&
         loop.getNumBlocks() == 1 && loop.isLoopSimplifyForm() &&
         loop.getHeader()->size() <= kMaxInstructions &&
         llvm::isa<llvm::BranchInst>(loop.getHeader()->getTerminator());
}

// The passes over one function.
class Rerolling {
 public:
  Rerolling(llvm::Function& function, llvm::FunctionAnalysisManager& analyses)
      : loops_(analyses.getResult<llvm::LoopAnalysis>(function)),
        dominators_(analyses.getResult<llvm::DominatorTreeAnalysis>(function)),
        evolution_(analyses.getResult<llvm::ScalarEvolutionAnalysis>(function)),
        aliases_(analyses.getResult<llvm::AAManager>(function)),
        accesses_(analyses.getResult<llvm::LoopAccessAnalysis>(function)),
        vectorBits_(analyses.getResult<llvm::TargetIRAnalysis>(function)
                        .getRegisterBitWidth(llvm::TargetTransformInfo::RGK_FixedWidthVector)
                        .getFixedValue()) {}

  bool run() {
    bool hasChanged = false;
    for (Loop* loop : loops_.getLoopsInPreorder()) {
      if (isSuitable(*loop)) hasChanged |= reroll(*loop);
    }
    return hasChanged;
  }

 private:
  bool reroll(Loop& loop) {
    unsigned stores = 0, lanes = 1;
    for (Instruction& instruction : *loop.getHeader()) {
      if (!llvm::isa<llvm::StoreInst>(instruction)) continue;
      ++stores;
      auto* type = dyn_cast<llvm::FixedVectorType>(llvm::getLoadStoreType(&instruction));
      if (type != nullptr) lanes = type->getNumElements();
    }
    if (lanes > 1 && vectorBits_ <= 128) return false;
    for (unsigned count = std::min(stores == 0 ? 8 : stores, kMaxStrands); count > 0; --count) {
      if (count * lanes == 1 || stores % count != 0) continue;
      UnrolledIterations strands(loop, evolution_, count, lanes);
      if (strands.find()) return reroll(loop, strands);
    }
    return false;
  }

  bool reroll(Loop& loop, const UnrolledIterations& strands) {
    bool hasVersions = false;
    if (!strands.isOrdered(aliases_)) {
      const llvm::LoopAccessInfo& info = accesses_.getInfo(loop);
      hasVersions = versionLoop(loop, info, loops_, dominators_, evolution_);
      accesses_.clear();
      if (!hasVersions || !strands.isOrdered(aliases_)) return hasVersions;
    }
    Reroller reroller(loop, evolution_, strands);
    if (!reroller.prepare()) return hasVersions;
    reroller.reroll();
    accesses_.clear();
    return true;
  }

  llvm::LoopInfo& loops_;
  llvm::DominatorTree& dominators_;
  llvm::ScalarEvolution& evolution_;
  llvm::AAResults& aliases_;
  llvm::LoopAccessInfoManager& accesses_;
  unsigned vectorBits_;
};

}  // namespace

llvm::PreservedAnalyses LoopReroll::run(llvm::Function& function,
                                        llvm::FunctionAnalysisManager& analyses) {
  return Rerolling(function, analyses).run() ? llvm::PreservedAnalyses::none()
                                             : llvm::PreservedAnalyses::all();
}

}  // namespace codegen
