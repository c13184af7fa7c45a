#include "compiler/codegen/vector_integer.h"

namespace codegen {

using llvm::Value;

Value* shiftLanes(const VectorBuilder& build, llvm::Instruction::BinaryOps operation, Value* lanes,
                  Value* count) {
  auto* type = llvm::cast<llvm::FixedVectorType>(lanes->getType());
  Value* modulo = build.ir.CreateAnd(count, type->getScalarSizeInBits() - 1);
  Value* lane = build.ir.CreateZExtOrTrunc(modulo, type->getElementType());
  return build.ir.CreateBinOp(operation, lanes,
                              build.ir.CreateVectorSplat(type->getNumElements(), lane));
}

Value* averageRoundedUp(const VectorBuilder& build, Value* left, Value* right) {
  auto* type = llvm::cast<llvm::FixedVectorType>(left->getType());
  llvm::Type* wide = llvm::FixedVectorType::getExtendedElementVectorType(type);
  Value* sum =
      build.ir.CreateAdd(build.ir.CreateZExt(left, wide), build.ir.CreateZExt(right, wide));
  Value* rounded = build.ir.CreateAdd(sum, llvm::ConstantInt::get(wide, 1));
  return build.ir.CreateTrunc(build.ir.CreateLShr(rounded, 1), type);
}

}  // namespace codegen
