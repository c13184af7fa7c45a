#include "compiler/codegen/lowering/vector_integer.h"

#include <llvm/IR/IntrinsicsAArch64.h>
#include <llvm/IR/PatternMatch.h>

#include "compiler/codegen/lowering/vector_parts.h"

namespace codegen {

using llvm::Value;
using llvm::PatternMatch::m_Power2;
using llvm::PatternMatch::match;

namespace {

// Long multiplication: products of 64 bits from those of 32 bits. AArch64 without SVE has no
// instruction for them, and LLVM would move each lane to a general register and back.
Value* multiplyByHalves(const Lowering& build, Value* left, Value* right) {
  llvm::Type* whole = left->getType();
  llvm::Type* halves = withNarrowerLanes(whole);
  llvm::Type* lower =
      llvm::VectorType::getTruncatedElementVectorType(llvm::cast<llvm::VectorType>(whole));
  Value* swapped = build.ir.CreateShuffleVector(build.ir.CreateBitCast(right, halves),
                                                llvm::ArrayRef<int>{1, 0, 3, 2});
  Value* crossed = build.ir.CreateMul(swapped, build.ir.CreateBitCast(left, halves));
  Value* upper =
      build.ir.CreateIntrinsic(llvm::Intrinsic::aarch64_neon_uaddlp, {whole, halves}, {crossed});
  Value* product = build.ir.CreateIntrinsic(
      llvm::Intrinsic::aarch64_neon_umull, {whole},
      {build.ir.CreateTrunc(left, lower), build.ir.CreateTrunc(right, lower)});
  return build.ir.CreateAdd(build.ir.CreateShl(upper, 32), product);
}

}  // namespace

Value* shiftLanes(const Lowering& build, llvm::Instruction::BinaryOps operation, Value* lanes,
                  Value* count) {
  auto* type = llvm::cast<llvm::FixedVectorType>(lanes->getType());
  Value* modulo = build.ir.CreateAnd(count, type->getScalarSizeInBits() - 1);
  Value* lane = build.ir.CreateZExtOrTrunc(modulo, type->getElementType());
  return build.ir.CreateBinOp(operation, lanes,
                              build.ir.CreateVectorSplat(type->getNumElements(), lane));
}

Value* multiplyLanes(const Lowering& build, Value* left, Value* right) {
  bool hasInstruction =
      build.isX86() || left->getType()->getScalarSizeInBits() < 64 || build.target.has("sve");
  // LLVM makes shifts of products with powers of two, and folds constants, only in the generic
  // form.
  bool isSimple = match(left, m_Power2()) || match(right, m_Power2()) ||
                  (llvm::isa<llvm::Constant>(left) && llvm::isa<llvm::Constant>(right));
  return hasInstruction || isSimple ? build.ir.CreateMul(left, right)
                                    : multiplyByHalves(build, left, right);
}

Value* averageRoundedUp(const Lowering& build, Value* left, Value* right) {
  auto* type = llvm::cast<llvm::FixedVectorType>(left->getType());
  llvm::Type* wide = llvm::FixedVectorType::getExtendedElementVectorType(type);
  Value* sum =
      build.ir.CreateAdd(build.ir.CreateZExt(left, wide), build.ir.CreateZExt(right, wide));
  Value* rounded = build.ir.CreateAdd(sum, llvm::ConstantInt::get(wide, 1));
  return build.ir.CreateTrunc(build.ir.CreateLShr(rounded, 1), type);
}

}  // namespace codegen
