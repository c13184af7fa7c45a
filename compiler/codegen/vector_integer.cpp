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

// A sum that needs no wider lanes, in the form that the back ends know.
Value* averageRoundedUp(const VectorBuilder& build, Value* left, Value* right) {
  Value* halfOfDifference = build.ir.CreateLShr(build.ir.CreateXor(left, right), 1);
  return build.ir.CreateSub(build.ir.CreateOr(left, right), halfOfDifference);
}

}  // namespace codegen
