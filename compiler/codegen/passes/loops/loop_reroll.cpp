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

// Larger bodies were unrolled deliberately.
constexpr size_t kMaxInstructions = 400;
constexpr unsigned kMaxIterations = 32;

// Replaces the body of a loop by that of the simpler loop.
class Reroller {
 public:
  Reroller(Loop& loop, llvm::ScalarEvolution& evolution, const UnrolledIterations& iterations)
      : block_(*loop.getHeader()),
        loop_(loop),
        evolution_(evolution),
        iterations_(iterations),
        expander_(evolution, "iteration"),
        entry_(loop.getLoopPreheader()->getTerminator()),
        end_(block_.getTerminator()) {}

  // Computes everything that may fail in the preheader. Returns false if the loop cannot be
  // rerolled.
  bool prepare() { return computeCount() && computeResults(); }

  void reroll() {
    for (Instruction& instruction : block_) oldInstructions_.push_back(&instruction);
    createCounter();
    for (Instruction* member : iterations_.members()) create(*member);
    for (auto [phi, first] : iterations_.reductions()) {
      phi->setIncomingValueForBlock(&block_, copies_.lookup(first));
    }
    for (auto& [use, value] : results_) use->set(value);
    for (llvm::Use* use : lastUses_) {
      use->set(copies_.lookup(iterations_.memberOfLast(use->get())));
    }
    evolution_.forgetLoop(&loop_);
    createExit();
    eraseOld();
  }

 private:
  // Computes the trip count of the simpler loop: that of the unrolled loop times the factor.
  bool computeCount() {
    const SCEV* taken = evolution_.getBackedgeTakenCount(&loop_);
    if (llvm::isa<llvm::SCEVCouldNotCompute>(taken) || !isSmall(*taken)) return false;
    if (evolution_.getUnsignedRangeMax(taken).getActiveBits() > 48) return false;
    llvm::Type* type = llvm::Type::getInt64Ty(block_.getContext());
    const SCEV* more = evolution_.getTruncateOrZeroExtend(taken, type);
    const SCEV* trips = evolution_.getAddExpr(more, evolution_.getOne(type));
    const SCEV* count =
        evolution_.getMulExpr(trips, evolution_.getConstant(type, iterations_.factor()));
    if (!expander_.isSafeToExpandAt(count, entry_)) return false;
    count_ = expander_.expandCodeFor(count, type, entry_);
    return true;
  }

  // Finds the values that are used after the loop. Each must belong to the last iteration of the
  // body, or be computable before the loop.
  bool computeResults() {
    for (Instruction& instruction : block_) {
      for (llvm::Use& use : instruction.uses()) {
        if (loop_.contains(llvm::cast<Instruction>(use.getUser()))) continue;
        if (iterations_.memberOfLast(&instruction) != nullptr) {
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
    counter_ = builder.CreatePHI(builder.getInt64Ty(), 2, "iteration");
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

  // Creates the copy of a member, with the flags and metadata that hold for all iterations.
  void create(Instruction& member) {
    Instruction* copy = createOperation(member);
    for (Instruction* image : iterations_.images(&member)) {
      copy->andIRFlags(image);
      if (image != &member) llvm::combineMetadataForCSE(copy, image, /*DoesKMove=*/true);
    }
    copy->setDebugLoc(member.getDebugLoc());
    copies_[&member] = copy;
  }

  // Creates the scalar operation of a member.
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

  // Returns the value that `operand` of a member has in the simpler loop.
  Value* lane(Value* operand) {
    operand = iterations_.plain(operand);
    if (loop_.isLoopInvariant(operand)) return operand;
    if (const llvm::SCEVAddRecExpr* recurrence = iterations_.recurrence(operand)) {
      return advance(operand, *recurrence);
    }
    Value* copy = copies_.lookup(operand);
    return copy == nullptr ? operand : copy;
  }

  // Returns the value of a recurrence in the current iteration of the simpler loop.
  Value* advance(Value* operand, const llvm::SCEVAddRecExpr& recurrence) {
    for (auto [known, current] : advances_) {
      if (known == &recurrence) return current;
    }
    Value* current = advanceByConstant(operand, recurrence);
    if (current == nullptr) current = advanceFromStart(operand, recurrence);
    advances_.emplace_back(&recurrence, current);
    return current;
  }

  // Returns a pointer at a constant distance from one that has been computed, or null. This saves
  // induction variables.
  Value* advanceByConstant(Value* operand, const llvm::SCEVAddRecExpr& recurrence) {
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

  // Computes start + step / factor * iteration.
  Value* advanceFromStart(Value* operand, const llvm::SCEVAddRecExpr& recurrence) {
    auto* step = llvm::cast<llvm::SCEVConstant>(recurrence.getStepRecurrence(evolution_));
    int64_t each = step->getAPInt().getSExtValue() / int64_t{iterations_.factor()};
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
    for (Instruction* instruction : oldInstructions_) {
      auto* phi = dyn_cast<llvm::PHINode>(instruction);
      bool isReduction = phi != nullptr && iterations_.reductions().contains(phi);
      if (instruction != end_ && !isReduction) dead.push_back(instruction);
    }
    for (Instruction* instruction : dead) instruction->dropAllReferences();
    for (Instruction* instruction : dead) instruction->eraseFromParent();
  }

  llvm::BasicBlock& block_;
  Loop& loop_;
  llvm::ScalarEvolution& evolution_;
  const UnrolledIterations& iterations_;
  llvm::SCEVExpander expander_;
  Instruction* entry_;
  Instruction* end_;
  Value* count_ = nullptr;
  llvm::PHINode* counter_ = nullptr;
  llvm::SmallVector<Instruction*, 64> oldInstructions_;
  llvm::SmallVector<std::pair<llvm::Use*, Value*>, 4> results_;
  llvm::SmallVector<llvm::Use*, 4> lastUses_;
  llvm::DenseMap<const Value*, Value*> copies_;
  llvm::SmallVector<std::pair<const llvm::SCEVAddRecExpr*, Value*>, 8> advances_;
};

// A loop that must not be vectorized is faster unrolled.
bool isSuitable(const Loop& loop) {
  return (llvm::hasVectorizeTransformation(&loop) & llvm::TM_Disable) == 0 &&
         loop.getNumBlocks() == 1 && loop.isLoopSimplifyForm() &&
         loop.getHeader()->size() <= kMaxInstructions &&
         llvm::isa<llvm::BranchInst>(loop.getHeader()->getTerminator());
}

// Rerolls the loops of one function.
class FunctionReroller {
 public:
  FunctionReroller(llvm::Function& function, llvm::FunctionAnalysisManager& analyses)
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
  // Tries the possible numbers of iterations, largest first: each store belongs to one iteration,
  // so the number divides the number of stores. Returns true if the loop changed.
  bool reroll(Loop& loop) {
    unsigned stores = 0, lanes = 1;
    for (Instruction& instruction : *loop.getHeader()) {
      if (!llvm::isa<llvm::StoreInst>(instruction)) continue;
      ++stores;
      auto* type = dyn_cast<llvm::FixedVectorType>(llvm::getLoadStoreType(&instruction));
      if (type != nullptr) lanes = type->getNumElements();
    }
    if (lanes > 1 && vectorBits_ <= 128) return false;
    for (unsigned count = std::min(stores == 0 ? 8 : stores, kMaxIterations); count > 0; --count) {
      if (count * lanes == 1 || stores % count != 0) continue;
      UnrolledIterations iterations(loop, evolution_, count, lanes);
      if (iterations.find()) return reroll(loop, iterations);
    }
    return false;
  }

  // Versions the loop if the order of its accesses requires it, and rerolls it.
  bool reroll(Loop& loop, const UnrolledIterations& iterations) {
    bool hasVersions = false;
    if (!iterations.isOrdered(aliases_)) {
      const llvm::LoopAccessInfo& info = accesses_.getInfo(loop);
      hasVersions = versionLoop(loop, info, loops_, dominators_, evolution_);
      accesses_.clear();
      if (!hasVersions || !iterations.isOrdered(aliases_)) return hasVersions;
    }
    Reroller reroller(loop, evolution_, iterations);
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
  return FunctionReroller(function, analyses).run() ? llvm::PreservedAnalyses::none()
                                                    : llvm::PreservedAnalyses::all();
}

}  // namespace codegen
