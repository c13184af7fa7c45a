#include "compiler/codegen/passes/peeled_starts.h"

#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/Analysis/ScalarEvolutionExpressions.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/PatternMatch.h>
#include <llvm/Transforms/Utils/ScalarEvolutionExpander.h>

#include <optional>

namespace codegen {

using llvm::BasicBlock;
using llvm::PHINode;
using llvm::SCEV;
using llvm::Value;

namespace {

// A block that either follows a test of a bit or the block that is executed if the bit is `peeled`.
struct Peeling {
  BasicBlock* test;
  BasicBlock* peeled;
  Value* number;  // whose lowest bit is tested
  bool isOdd;     // if the peeled iteration is made
};

std::optional<Peeling> matchPeeling(BasicBlock& after) {
  using namespace llvm::PatternMatch;
  for (BasicBlock* peeled : llvm::predecessors(&after)) {
    BasicBlock* test = peeled->getSinglePredecessor();
    if (test == nullptr || !llvm::is_contained(llvm::predecessors(&after), test)) continue;
    auto* branch = llvm::dyn_cast<llvm::BranchInst>(test->getTerminator());
    if (branch == nullptr || branch->isUnconditional() || !after.hasNPredecessors(2)) continue;
    Value* number;
    llvm::CmpPredicate predicate;
    if (!match(branch->getCondition(),
               m_ICmp(predicate, m_And(m_Value(number), m_One()), m_Zero())) ||
        !llvm::CmpInst::isEquality(predicate)) {
      continue;
    }
    bool isPeeledIfTrue = branch->getSuccessor(0) == peeled;
    return Peeling{test, peeled, number, (predicate == llvm::CmpInst::ICMP_NE) == isPeeledIfTrue};
  }
  return std::nullopt;
}

class Starts {
 public:
  explicit Starts(llvm::ScalarEvolution& evolution) : evolution_(evolution) {}

  bool rewrite(BasicBlock& after) {
    std::optional<Peeling> peeling = matchPeeling(after);
    if (!peeling) return false;
    bool hasChanged = false;
    for (PHINode& phi : llvm::make_early_inc_range(after.phis())) {
      hasChanged |= rewrite(phi, *peeling);
    }
    return hasChanged;
  }

 private:
  bool rewrite(PHINode& phi, const Peeling& peeling) {
    Value* start = phi.getIncomingValueForBlock(peeling.test);
    if (start->getType() != peeling.number->getType()) return false;
    const SCEV* first = evolution_.getSCEV(start);
    const SCEV* second = evolution_.getSCEV(phi.getIncomingValueForBlock(peeling.peeled));
    if (!evolution_.getMinusSCEV(second, first)->isOne()) return false;
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

llvm::PreservedAnalyses PeeledStarts::run(llvm::Function& function,
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
