#include "compiler/codegen/passes/objects/array_checks.h"

#include <llvm/Analysis/ScalarEvolutionExpressions.h>
#include <llvm/IR/IntrinsicInst.h>

#include "compiler/codegen/abi/abi_lowering.h"

namespace codegen {
namespace {

using llvm::BasicBlock;
using llvm::CmpInst;
using llvm::dyn_cast;
using llvm::isa;
using llvm::Value;

// In loops with fewer iterations, the guard would cost more than the checks.
constexpr uint64_t kMinIterations = 4;

// Larger steps could overflow 64 bits in 2^32 iterations.
constexpr int64_t kMaxStep = int64_t{1} << 30;

// Returns whether the block traps, or leads to one that does and that others lead to as well.
bool isTrap(const BasicBlock& target) {
  auto* forward = dyn_cast<llvm::BranchInst>(&target.front());
  const BasicBlock& block =
      forward != nullptr && forward->isUnconditional() ? *forward->getSuccessor(0) : target;
  return isa<llvm::UnreachableInst>(block.getTerminator()) && !isa<llvm::PHINode>(block.front()) &&
         llvm::any_of(block, [](const llvm::Instruction& instruction) {
           auto* intrinsic = dyn_cast<llvm::IntrinsicInst>(&instruction);
           return intrinsic != nullptr && intrinsic->getIntrinsicID() == llvm::Intrinsic::ubsantrap;
         });
}

// The check passes if the index is less than the length. LLVM makes `!=` of that for an index that
// starts below the length and increases by 1.
bool isBelow(CmpInst::Predicate predicate) {
  return predicate == CmpInst::ICMP_ULT || predicate == CmpInst::ICMP_NE;
}

Value* withoutExtension(Value* value) {
  auto* extension = dyn_cast<llvm::ZExtInst>(value);
  return extension == nullptr ? value : extension->getOperand(0);
}

}  // namespace

bool ArrayChecks::find() {
  if (!findIterations() || isShort()) return false;
  bool hasIndex = false;
  BasicBlock* block = loop_.getHeader();
  while (true) {
    auto* branch = dyn_cast<llvm::BranchInst>(block->getTerminator());
    if (branch == nullptr) break;
    BasicBlock* next = branch->getSuccessor(0);
    if (branch->isConditional()) {
      std::optional<ArrayCheck> check = checkAt(*block);
      if (!check) break;
      next = check->passed;
      hasIndex |= check->isOfIndex();
      checks_.push_back(*check);
    }
    if (!loop_.contains(next) || next->getSinglePredecessor() != block) break;
    block = next;
  }
  return hasIndex;
}

// The loop ends at the latest by the exit with the smallest count.
bool ArrayChecks::findIterations() {
  llvm::SmallVector<BasicBlock*> exiting;
  loop_.getExitingBlocks(exiting);
  for (BasicBlock* block : exiting) {
    if (llvm::any_of(llvm::successors(block),
                     [](const BasicBlock* successor) { return isTrap(*successor); })) {
      continue;
    }
    const llvm::SCEV* count = evolution_.getExitCount(&loop_, block);
    if (isa<llvm::SCEVCouldNotCompute>(count)) continue;
    moreIterations_ = moreIterations_ == nullptr
                          ? count
                          : evolution_.getUMinFromMismatchedTypes(moreIterations_, count, true);
  }
  return moreIterations_ != nullptr;
}

bool ArrayChecks::isShort() const {
  auto* more = dyn_cast<llvm::SCEVConstant>(moreIterations_);
  return more != nullptr && more->getAPInt().ult(kMinIterations - 1);
}

std::optional<ArrayCheck> ArrayChecks::checkAt(BasicBlock& block) {
  auto* branch = llvm::cast<llvm::BranchInst>(block.getTerminator());
  bool isTrapIfTrue = isTrap(*branch->getSuccessor(0));
  if (isTrapIfTrue == isTrap(*branch->getSuccessor(1))) return std::nullopt;
  ArrayCheck check;
  check.branch = branch;
  check.passed = branch->getSuccessor(isTrapIfTrue ? 1 : 0);
  if (isInvariant(branch->getCondition())) {
    check.condition = branch->getCondition();
    check.passes = !isTrapIfTrue;
    return check;
  }
  auto* comparison = dyn_cast<CmpInst>(branch->getCondition());
  if (comparison == nullptr || !findIndex(check, *comparison)) return std::nullopt;
  return check;
}

bool ArrayChecks::isInvariant(const Value* condition) const {
  if (loop_.isLoopInvariant(condition)) return true;
  auto* comparison = dyn_cast<CmpInst>(condition);
  return comparison != nullptr && loop_.isLoopInvariant(comparison->getOperand(0)) &&
         loop_.isLoopInvariant(comparison->getOperand(1));
}

bool ArrayChecks::findIndex(ArrayCheck& check, CmpInst& comparison) {
  CmpInst::Predicate predicate = comparison.getPredicate();
  if (check.passed != check.branch->getSuccessor(0)) {
    predicate = CmpInst::getInversePredicate(predicate);
  }
  Value* index = comparison.getOperand(0);
  Value* length = comparison.getOperand(1);
  if (!isLength(withoutExtension(length))) {
    std::swap(index, length);
    predicate = CmpInst::getSwappedPredicate(predicate);
  }
  check.length = withoutExtension(length);
  if (!isBelow(predicate) || !isLength(check.length) || !index->getType()->isIntegerTy()) {
    return false;
  }
  const llvm::SCEV* evolution = evolution_.getSCEV(index);
  if (evolution_.isLoopInvariant(evolution, &loop_)) {
    check.start = evolution;
    return predicate == CmpInst::ICMP_ULT;
  }
  auto* recurrence = dyn_cast<llvm::SCEVAddRecExpr>(evolution);
  if (recurrence == nullptr || recurrence->getLoop() != &loop_ || !recurrence->isAffine()) {
    return false;
  }
  auto* step = dyn_cast<llvm::SCEVConstant>(recurrence->getStepRecurrence(evolution_));
  if (step == nullptr || !step->getAPInt().isSignedIntN(32)) return false;
  check.start = recurrence->getStart();
  check.step = step->getAPInt().getSExtValue();
  return std::abs(check.step) <= kMaxStep;
}

// Lengths do not change, so the load may be done before stores of the loop.
bool ArrayChecks::isLength(Value* value) const {
  if (!value->getType()->isIntegerTy(32)) return false;
  if (loop_.isLoopInvariant(value)) return true;
  auto* load = dyn_cast<llvm::LoadInst>(value);
  if (load == nullptr || load->isVolatile()) return false;
  llvm::MDNode* length = AbiLowering(load->getContext(), true).lengthTag();
  if (load->getMetadata(llvm::LLVMContext::MD_tbaa) != length) return false;
  llvm::APInt offset(64, 0);
  return loop_.isLoopInvariant(load->getPointerOperand()->stripAndAccumulateConstantOffsets(
      load->getDataLayout(), offset, /*AllowNonInbounds=*/true));
}

}  // namespace codegen
