#include "compiler/codegen/passes/scalar/expand_large_division.h"

#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>
#include <llvm/Transforms/Utils/IntegerDivision.h>

namespace codegen {

namespace {

// The width in bits of the largest division that all targets have.
constexpr unsigned kWidestInstruction = 64;

void expand(llvm::BinaryOperator& division) {
  switch (division.getOpcode()) {
    case llvm::Instruction::UDiv:
    case llvm::Instruction::SDiv:
      llvm::expandDivision(&division);
      return;
    default:
      llvm::expandRemainder(&division);
  }
}

}  // namespace

llvm::PreservedAnalyses ExpandLargeDivision::run(llvm::Function& function,
                                                 llvm::FunctionAnalysisManager&) {
  llvm::SmallVector<llvm::BinaryOperator*> wide;
  for (llvm::Instruction& instruction : llvm::instructions(function)) {
    bool isWide = instruction.isIntDivRem() && instruction.getType()->isIntegerTy() &&
                  instruction.getType()->getIntegerBitWidth() > kWidestInstruction;
    if (isWide) wide.push_back(llvm::cast<llvm::BinaryOperator>(&instruction));
  }
  for (llvm::BinaryOperator* division : wide) expand(*division);
  return wide.empty() ? llvm::PreservedAnalyses::all() : llvm::PreservedAnalyses::none();
}

}  // namespace codegen
