#include "compiler/codegen/passes/addressing/peeled_iv_starts.h"

#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/Analysis/ScalarEvolutionExpressions.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/PatternMatch.h>
#include <llvm/Transforms/Utils/ScalarEvolutionExpander.h>

#include <optional>

#include "compiler/codegen/passes/analysis/scev_size.h"

namespace codegen {

using llvm::BasicBlock;
using llvm::PHINode;
using llvm::SCEV;
using llvm::Value;

namespace {

// The test of a bit that decides by which predecessor a block is reached: one with the peeled
// iteration, or another that is the test's block or follows it.
struct Peeling {
  BasicBlock* other;
  BasicBlock* peeled;
  Value* number;  // whose lowest bit is tested
  bool isOdd;     // if the peeled iteration is made
};

std::optional<Peeling> matchPeeling(BasicBlock* other, BasicBlock* peeled) {
  using namespace llvm::PatternMatch;
  BasicBlock* test = peeled->getSinglePredecessor();
  if (test == nullptr || (other != test && other->getSinglePredecessor() != test)) {
    return std::nullopt;
  }
  auto* branch = llvm::dyn_cast<llvm::BranchInst>(test->getTerminator());
  if (branch == nullptr || branch->isUnconditional()) return std::nullopt;
  Value* number;
  llvm::CmpPredicate predicate;
  if (!match(branch->getCondition(),
             m_ICmp(predicate, m_And(m_Value(number), m_One()), m_Zero())) ||
      !llvm::CmpInst::isEquality(predicate)) {
    return std::nullopt;
  }
  bool isPeeledIfTrue = branch->getSuccessor(0) == peeled;
  return Peeling{other, peeled, number, (predicate == llvm::CmpInst::ICMP_NE) == isPeeledIfTrue};
}

class Starts {
 public:
  explicit Starts(llvm::ScalarEvolution& evolution) : evolution_(evolution) {}

  bool rewrite(BasicBlock& after) {
    if (!after.hasNPredecessors(2)) return false;
    BasicBlock* one = *llvm::pred_begin(&after);
    BasicBlock* two = *std::next(llvm::pred_begin(&after));
    bool hasChanged = false;
    for (auto [other, peeled] : {std::pair(one, two), std::pair(two, one)}) {
      std::optional<Peeling> peeling = matchPeeling(other, peeled);
      if (!peeling) continue;
      for (PHINode& phi : llvm::make_early_inc_range(after.phis())) {
        hasChanged |= rewrite(phi, *peeling);
      }
    }
    return hasChanged;
  }

 private:
  bool rewrite(PHINode& phi, const Peeling& peeling) {
    Value* start = phi.getIncomingValueForBlock(peeling.other);
    if (start->getType() != peeling.number->getType()) return false;
    const SCEV* first = evolution_.getSCEV(start);
    if (!isSmall(*first)) return false;
    if (!isNext(phi.getIncomingValueForBlock(peeling.peeled), start, peeling)) return false;
    const SCEV* number = evolution_.getSCEV(peeling.number);
    llvm::IRBuilder<> builder(&*phi.getParent()->getFirstInsertionPt());
    Value* merged = nullptr;
    if (auto* apart = llvm::dyn_cast<llvm::SCEVConstant>(evolution_.getMinusSCEV(number, first))) {
      merged = builder.CreateSub(roundUp(builder, peeling), apart->getValue());
    } else if (Value* end = limit(evolution_.getAddExpr(number, first), builder)) {
      merged = builder.CreateSub(end, roundDown(builder, peeling));
    }
    if (merged == nullptr) return false;
    evolution_.forgetValue(&phi);
    phi.replaceAllUsesWith(merged);
    phi.eraseFromParent();
    return true;
  }

  // Whether `next` is one more than `start`; as x | 1 it is where x is even.
  bool isNext(Value* next, Value* start, const Peeling& peeling) {
    using namespace llvm::PatternMatch;
    if (start == peeling.number && !peeling.isOdd &&
        match(next, m_Or(m_Specific(start), m_One()))) {
      return true;
    }
    return evolution_.getMinusSCEV(evolution_.getSCEV(next), evolution_.getSCEV(start))->isOne();
  }

  // The number after the peeled iteration, if any, has made one more of it; or one less.
  static Value* roundUp(llvm::IRBuilder<>& builder, const Peeling& peeling) {
    Value* number = peeling.number;
    Value* two = llvm::ConstantInt::getSigned(number->getType(), -2);
    Value* one = llvm::ConstantInt::get(number->getType(), 1);
    if (peeling.isOdd) return builder.CreateAnd(builder.CreateAdd(number, one), two);
    return builder.CreateAdd(builder.CreateAnd(number, two), one);
  }

  static Value* roundDown(llvm::IRBuilder<>& builder, const Peeling& peeling) {
    Value* number = peeling.number;
    Value* two = llvm::ConstantInt::getSigned(number->getType(), -2);
    Value* one = llvm::ConstantInt::get(number->getType(), 1);
    if (peeling.isOdd) return builder.CreateAnd(number, two);
    return builder.CreateSub(builder.CreateAnd(builder.CreateAdd(number, one), two), one);
  }

  // What the number and the start add up to, if that is simpler than either.
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

}  // namespace

llvm::PreservedAnalyses PeeledIvStarts::run(llvm::Function& function,
                                            llvm::FunctionAnalysisManager& analyses) {
  auto& loops = analyses.getResult<llvm::LoopAnalysis>(function);
  if (loops.empty()) return llvm::PreservedAnalyses::all();
  Starts starts(analyses.getResult<llvm::ScalarEvolutionAnalysis>(function));
  bool hasChanged = false;
  for (BasicBlock& block : function) hasChanged |= starts.rewrite(block);
  if (!hasChanged) return llvm::PreservedAnalyses::all();
  llvm::PreservedAnalyses preserved;
  preserved.preserveSet<llvm::CFGAnalyses>();
  return preserved;
}

}  // namespace codegen
