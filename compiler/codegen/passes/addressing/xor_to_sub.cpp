#include "compiler/codegen/passes/addressing/xor_to_sub.h"

#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/PatternMatch.h>

#include <optional>

namespace codegen {

using llvm::APInt;
using llvm::Value;

namespace {

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
bool rewrite(llvm::Instruction& complement, llvm::ScalarEvolution& evolution) {
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

}  // namespace

llvm::PreservedAnalyses XorToSub::run(llvm::Function& function,
                                      llvm::FunctionAnalysisManager& analyses) {
  auto& loops = analyses.getResult<llvm::LoopAnalysis>(function);
  auto& evolution = analyses.getResult<llvm::ScalarEvolutionAnalysis>(function);
  bool hasChanged = false;
  for (llvm::Instruction& instruction : llvm::make_early_inc_range(llvm::instructions(function))) {
    if (loops.getLoopFor(instruction.getParent()) == nullptr) continue;
    hasChanged |= rewrite(instruction, evolution);
  }
  if (!hasChanged) return llvm::PreservedAnalyses::all();
  llvm::PreservedAnalyses preserved;
  preserved.preserveSet<llvm::CFGAnalyses>();
  return preserved;
}

}  // namespace codegen
