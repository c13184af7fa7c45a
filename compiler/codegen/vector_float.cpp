#include "compiler/codegen/vector_float.h"

#include "compiler/codegen/float_arithmetic.h"

namespace codegen {

using llvm::Value;

namespace {

bool isFused(const VectorBuilder& b) {
  if (b.isDeterministic) return false;
  return !b.isX86() || b.target.has("fma") || b.target.has("fma4") || b.target.has("avx512f");
}

}  // namespace

Value* pseudoMin(const VectorBuilder& b, Value* left, Value* right) {
  return b.ir.CreateSelect(b.ir.CreateFCmpOLT(right, left), right, left);
}

Value* pseudoMax(const VectorBuilder& b, Value* left, Value* right) {
  return b.ir.CreateSelect(b.ir.CreateFCmpOLT(left, right), right, left);
}

// minps and maxps as they are: NaNs, and zeros of different sign, give the second operand.
Value* relaxedMinimum(const VectorBuilder& b, Value* left, Value* right) {
  if (b.isDeterministic || !b.isX86()) return floatMin(b, left, right);
  return b.ir.CreateSelect(b.ir.CreateFCmpOLT(left, right), left, right);
}

Value* relaxedMaximum(const VectorBuilder& b, Value* left, Value* right) {
  if (b.isDeterministic || !b.isX86()) return floatMax(b, left, right);
  return b.ir.CreateSelect(b.ir.CreateFCmpOGT(left, right), left, right);
}

Value* relaxedMultiplyAdd(const VectorBuilder& b, Value* left, Value* right, Value* addend) {
  if (isFused(b)) return floatFma(b, left, right, addend);
  return floatAdd(b, floatMul(b, left, right), addend);
}

}  // namespace codegen
