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

// How many of the upper bits all users drop, whatever they are.
unsigned droppedBits(const llvm::Instruction& number) {
  using namespace llvm::PatternMatch;
  unsigned width = number.getType()->getScalarSizeInBits();
  unsigned dropped = width;
  for (const llvm::User* user : number.users()) {
    const APInt* bits;
    if (!match(user, m_Shl(m_Specific(&number), m_APInt(bits))) || bits->uge(width)) return 0;
    auto* shift = llvm::cast<llvm::OverflowingBinaryOperator>(user);
    if (shift->hasNoUnsignedWrap() || shift->hasNoSignedWrap()) return 0;
    dropped = std::min(dropped, static_cast<unsigned>(bits->getZExtValue()));
  }
  return dropped;
}

// Minus a power of two, from which to subtract `index`, a multiple of it, is to complement the bits
// of it that `mask` has; null if there is none.
std::optional<APInt> minuend(const llvm::Instruction& complement, Value* index, APInt mask,
                             llvm::ScalarEvolution& evolution) {
  mask.setHighBits(droppedBits(complement));
  unsigned zeros = mask.countr_zero();
  if (mask.countl_one() + zeros != mask.getBitWidth()) return std::nullopt;
  if (evolution.getMinTrailingZeros(evolution.getSCEV(index)) < zeros) return std::nullopt;
  return mask;
}

bool rewrite(llvm::Instruction& complement, llvm::ScalarEvolution& evolution) {
  using namespace llvm::PatternMatch;
  Value* index;
  const APInt* mask;
  if (!complement.getType()->isIntegerTy() ||
      !match(&complement, m_Xor(m_Value(index), m_APInt(mask)))) {
    return false;
  }
  std::optional<APInt> from = minuend(complement, index, *mask, evolution);
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
