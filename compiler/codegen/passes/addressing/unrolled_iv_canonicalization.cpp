#include "compiler/codegen/passes/addressing/unrolled_iv_canonicalization.h"

#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/Analysis/ScalarEvolutionExpressions.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/PatternMatch.h>
#include <llvm/Transforms/Utils/ScalarEvolutionExpander.h>

#include <optional>

#include "compiler/codegen/passes/analysis/scev_size.h"

namespace codegen {

using llvm::APInt;
using llvm::BasicBlock;
using llvm::PHINode;
using llvm::SCEV;
using llvm::Value;

namespace {

// A block that is reached from a peeled iteration or around it, depending on the lowest bit of a
// value.
struct Peel {
  BasicBlock* other;   // the predecessor around the peeled iteration
  BasicBlock* peeled;  // the predecessor with the peeled iteration
  Value* tested;       // whose lowest bit decides
  bool isOdd;          // the lowest bit for which the peeled iteration is executed
};

// Returns nothing if the two predecessors are not controlled by the test of a lowest bit.
std::optional<Peel> matchPeel(BasicBlock* other, BasicBlock* peeled) {
  using namespace llvm::PatternMatch;
  BasicBlock* test = peeled->getSinglePredecessor();
  if (test == nullptr || (other != test && other->getSinglePredecessor() != test)) {
    return std::nullopt;
  }
  auto* branch = llvm::dyn_cast<llvm::BranchInst>(test->getTerminator());
  if (branch == nullptr || branch->isUnconditional()) return std::nullopt;
  Value* tested;
  llvm::CmpPredicate predicate;
  if (!match(branch->getCondition(),
             m_ICmp(predicate, m_And(m_Value(tested), m_One()), m_Zero())) ||
      !llvm::CmpInst::isEquality(predicate)) {
    return std::nullopt;
  }
  bool isPeeledIfTrue = branch->getSuccessor(0) == peeled;
  return Peel{other, peeled, tested, (predicate == llvm::CmpInst::ICMP_NE) == isPeeledIfTrue};
}

// Replaces the phis of a block that follows a peeled iteration.
class Starts {
 public:
  explicit Starts(llvm::ScalarEvolution& evolution) : evolution_(evolution) {}

  // Returns true if a phi of `after` was replaced.
  bool rewrite(BasicBlock& after) {
    if (!after.hasNPredecessors(2)) return false;
    BasicBlock* one = *llvm::pred_begin(&after);
    BasicBlock* two = *std::next(llvm::pred_begin(&after));
    bool hasChanged = false;
    for (auto [other, peeled] : {std::pair(one, two), std::pair(two, one)}) {
      std::optional<Peel> peel = matchPeel(other, peeled);
      if (!peel) continue;
      for (PHINode& phi : llvm::make_early_inc_range(after.phis())) {
        hasChanged |= rewrite(phi, *peel);
      }
    }
    return hasChanged;
  }

 private:
  bool rewrite(PHINode& phi, const Peel& peel) {
    Value* start = phi.getIncomingValueForBlock(peel.other);
    if (start->getType() != peel.tested->getType()) return false;
    const SCEV* first = evolution_.getSCEV(start);
    if (!isSmall(*first)) return false;
    if (!isNext(phi.getIncomingValueForBlock(peel.peeled), start, peel)) return false;
    const SCEV* tested = evolution_.getSCEV(peel.tested);
    llvm::IRBuilder<> builder(&*phi.getParent()->getFirstInsertionPt());
    Value* merged = nullptr;
    if (auto* apart = llvm::dyn_cast<llvm::SCEVConstant>(evolution_.getMinusSCEV(tested, first))) {
      merged = builder.CreateSub(roundUp(builder, peel), apart->getValue());
    } else if (Value* end = limit(evolution_.getAddExpr(tested, first), builder)) {
      merged = builder.CreateSub(end, roundDown(builder, peel));
    }
    if (merged == nullptr) return false;
    evolution_.forgetValue(&phi);
    phi.replaceAllUsesWith(merged);
    phi.eraseFromParent();
    return true;
  }

  // Returns true if `next` is `start` + 1. `start` | 1 is that if `start` is even.
  bool isNext(Value* next, Value* start, const Peel& peel) {
    using namespace llvm::PatternMatch;
    if (start == peel.tested && !peel.isOdd && match(next, m_Or(m_Specific(start), m_One()))) {
      return true;
    }
    return evolution_.getMinusSCEV(evolution_.getSCEV(next), evolution_.getSCEV(start))->isOne();
  }

  // Returns the tested value, plus one if the peeled iteration is executed.
  static Value* roundUp(llvm::IRBuilder<>& builder, const Peel& peel) {
    Value* tested = peel.tested;
    Value* two = llvm::ConstantInt::getSigned(tested->getType(), -2);
    Value* one = llvm::ConstantInt::get(tested->getType(), 1);
    if (peel.isOdd) return builder.CreateAnd(builder.CreateAdd(tested, one), two);
    return builder.CreateAdd(builder.CreateAnd(tested, two), one);
  }

  // Returns the tested value, minus one if the peeled iteration is executed.
  static Value* roundDown(llvm::IRBuilder<>& builder, const Peel& peel) {
    Value* tested = peel.tested;
    Value* two = llvm::ConstantInt::getSigned(tested->getType(), -2);
    Value* one = llvm::ConstantInt::get(tested->getType(), 1);
    if (peel.isOdd) return builder.CreateAnd(tested, two);
    return builder.CreateSub(builder.CreateAnd(builder.CreateAdd(tested, one), two), one);
  }

  // Returns the sum of the tested value and the start as a value, if it is a constant or a value
  // plus a constant; otherwise null.
  Value* limit(const SCEV* sum, llvm::IRBuilder<>& builder) {
    auto* apart = llvm::dyn_cast<llvm::SCEVAddExpr>(sum);
    const SCEV* root = sum;
    if (apart != nullptr && apart->getNumOperands() == 2 &&
        llvm::isa<llvm::SCEVConstant>(apart->getOperand(0))) {
      root = apart->getOperand(1);
    }
    if (!llvm::isa<llvm::SCEVConstant, llvm::SCEVUnknown>(root)) return nullptr;
    llvm::Instruction* before = &*builder.GetInsertPoint();
    llvm::SCEVExpander expander(evolution_, "limit");
    if (!expander.isSafeToExpandAt(sum, before)) return nullptr;
    return expander.expandCodeFor(sum, sum->getType(), before);
  }

  llvm::ScalarEvolution& evolution_;
};

// Returns the number of upper bits of `value` that all users shift out.
unsigned droppedBits(const llvm::Instruction& value) {
  using namespace llvm::PatternMatch;
  unsigned width = value.getType()->getScalarSizeInBits();
  unsigned dropped = width;
  for (const llvm::User* user : value.users()) {
    const APInt* bits;
    if (!match(user, m_Shl(m_Specific(&value), m_APInt(bits))) || bits->uge(width)) return 0;
    auto* shift = llvm::cast<llvm::OverflowingBinaryOperator>(user);
    if (shift->hasNoUnsignedWrap() || shift->hasNoSignedWrap()) return 0;
    dropped = std::min(dropped, static_cast<unsigned>(bits->getZExtValue()));
  }
  return dropped;
}

// Returns -2^k such that `index` is a multiple of 2^k and `index` ^ `mask` equals -2^k - `index` in
// all bits that are used, or nothing if there is no such number.
std::optional<APInt> minuendOf(const llvm::Instruction& complement, Value* index, APInt mask,
                               llvm::ScalarEvolution& evolution) {
  mask.setHighBits(droppedBits(complement));
  unsigned zeros = mask.countr_zero();
  if (mask.countl_one() + zeros != mask.getBitWidth()) return std::nullopt;
  if (evolution.getMinTrailingZeros(evolution.getSCEV(index)) < zeros) return std::nullopt;
  return mask;
}

// Returns true if `complement` was replaced by a subtraction.
bool subtractInstead(llvm::Instruction& complement, llvm::ScalarEvolution& evolution) {
  using namespace llvm::PatternMatch;
  Value* index;
  const APInt* mask;
  if (!complement.getType()->isIntegerTy() ||
      !match(&complement, m_Xor(m_Value(index), m_APInt(mask)))) {
    return false;
  }
  std::optional<APInt> from = minuendOf(complement, index, *mask, evolution);
  if (!from) return false;
  llvm::IRBuilder<> builder(&complement);
  Value* difference = builder.CreateSub(builder.getInt(*from), index);
  evolution.forgetValue(&complement);
  complement.replaceAllUsesWith(difference);
  complement.eraseFromParent();
  return true;
}

// Returns true if the start of a loop behind a peeled iteration was replaced.
bool replaceStarts(llvm::Function& function, llvm::FunctionAnalysisManager& analyses) {
  Starts starts(analyses.getResult<llvm::ScalarEvolutionAnalysis>(function));
  bool hasChanged = false;
  for (BasicBlock& block : function) hasChanged |= starts.rewrite(block);
  return hasChanged;
}

// Returns true if a complemented index in a loop was replaced.
bool replaceComplements(llvm::Function& function, llvm::FunctionAnalysisManager& analyses) {
  auto& loops = analyses.getResult<llvm::LoopAnalysis>(function);
  auto& evolution = analyses.getResult<llvm::ScalarEvolutionAnalysis>(function);
  bool hasChanged = false;
  for (llvm::Instruction& instruction : llvm::make_early_inc_range(llvm::instructions(function))) {
    if (loops.getLoopFor(instruction.getParent()) == nullptr) continue;
    hasChanged |= subtractInstead(instruction, evolution);
  }
  return hasChanged;
}

}  // namespace

llvm::PreservedAnalyses UnrolledIvCanonicalization::run(llvm::Function& function,
                                                        llvm::FunctionAnalysisManager& analyses) {
  if (analyses.getResult<llvm::LoopAnalysis>(function).empty()) {
    return llvm::PreservedAnalyses::all();
  }
  llvm::PreservedAnalyses preserved;
  preserved.preserveSet<llvm::CFGAnalyses>();
  bool hasChanged = replaceStarts(function, analyses);
  // Complements of a start that was replaced are only understood by a fresh ScalarEvolution.
  if (hasChanged) analyses.invalidate(function, preserved);
  hasChanged |= replaceComplements(function, analyses);
  return hasChanged ? preserved : llvm::PreservedAnalyses::all();
}

}  // namespace codegen
