#include "compiler/codegen/vector_compare.h"

namespace codegen {

using llvm::CmpInst;
using llvm::Value;

Value* laneMask(const VectorBuilder& build, CmpInst::Predicate predicate, Value* left,
                Value* right) {
  return build.ir.CreateSExt(build.ir.CreateICmp(predicate, left, right), left->getType());
}

Value* allTrue(const VectorBuilder& build, Value* lanes) {
  return build.ir.CreateAndReduce(build.ir.CreateIsNotNull(lanes));
}

Value* bitmask(const VectorBuilder& build, Value* lanes) {
  Value* isNegative = build.ir.CreateIsNeg(lanes);
  unsigned count = llvm::cast<llvm::FixedVectorType>(lanes->getType())->getNumElements();
  Value* bits = build.ir.CreateBitCast(isNegative, build.ir.getIntNTy(count));
  return build.ir.CreateZExt(bits, build.ir.getInt32Ty());
}

}  // namespace codegen
