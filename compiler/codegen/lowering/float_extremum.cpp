#include "compiler/codegen/lowering/float_extremum.h"

#include <llvm/IR/Constants.h>
#include <llvm/IR/IntrinsicsX86.h>

#include "compiler/codegen/lowering/float_arithmetic.h"

namespace codegen {

using llvm::APFloat;
using llvm::Value;
using llvm::Intrinsic::ID;

namespace {

Value* lesserOrGreater(const Lowering& build, bool isMin, Value* left, Value* right) {
  bool isF64x2 = left->getType()->isVectorTy() && left->getType()->getScalarType()->isDoubleTy();
  if (build.isX86() && isF64x2) {
    // LLVM would combine a generic select with the casts from and to the <2 x i64> of the operand
    // stack, and no longer recognize the minimum.
    ID id = isMin ? llvm::Intrinsic::x86_sse2_min_pd : llvm::Intrinsic::x86_sse2_max_pd;
    return build.ir.CreateIntrinsic(id, {left, right});
  }
  Value* isLeft = isMin ? build.ir.CreateFCmpOLT(left, right) : build.ir.CreateFCmpOGT(left, right);
  return build.ir.CreateSelect(isLeft, left, right);
}

bool isInfinite(const APFloat& lane) { return lane.isInfinity(); }

// The operands of a commutative operation, ordered. `known` is null if neither is a constant.
struct KnownOperand {
  llvm::Constant* known = nullptr;
  Value* other = nullptr;
};

KnownOperand knownOperand(Value* left, Value* right) {
  if (auto* known = llvm::dyn_cast<llvm::Constant>(right)) return {known, left};
  if (auto* known = llvm::dyn_cast<llvm::Constant>(left)) return {known, right};
  return {};
}

// The extremum with a constant that is not a NaN, nor the zero that is the extremum of both zeros.
// If the comparison does not hold, the other operand is the result; if that is a signaling NaN, the
// multiplication makes it quiet.
Value* extremumWith(const Lowering& build, bool isMin, const KnownOperand& operands) {
  Value* result = lesserOrGreater(build, isMin, operands.known, operands.other);
  if (build.isDeterministic) return madeFloat(build, result);
  return floatMul(build, result, llvm::ConstantFP::get(result->getType(), 1));
}

// minps and maxps return the second operand for NaNs and for zeros of different signs. The bits of
// the results for both orders of the operands are combined: OR gives -0 if one is -0, AND gives +0.
// NaNs are inserted afterwards.
Value* extremumOnX86(const Lowering& build, bool isMin, Value* left, Value* right) {
  KnownOperand operands = knownOperand(left, right);
  auto spoils = [isMin](const APFloat& lane) {
    return lane.isNaN() || (lane.isZero() && lane.isNegative() == isMin);
  };
  if (operands.known != nullptr && !hasLane(operands.known, spoils))
    return extremumWith(build, isMin, operands);
  llvm::Type* type = left->getType();
  llvm::Type* bits = type->getWithNewType(build.ir.getIntNTy(type->getScalarSizeInBits()));
  Value* one = build.ir.CreateBitCast(lesserOrGreater(build, isMin, left, right), bits);
  Value* other = build.ir.CreateBitCast(lesserOrGreater(build, isMin, right, left), bits);
  Value* combined = isMin ? build.ir.CreateOr(one, other) : build.ir.CreateAnd(one, other);
  return build.ir.CreateSelect(build.ir.CreateFCmpUNO(left, right), canonicalNan(type),
                               build.ir.CreateBitCast(combined, type));
}

// LLVM folds the extremum of x and x, or of x and an infinity, to x, which may be a signaling NaN.
Value* extremumInOne(const Lowering& build, ID id, Value* left, Value* right) {
  if (!build.isDeterministic && (left == right || hasLane(right, isInfinite)))
    right = opaque(build, right);
  if (!build.isDeterministic && hasLane(left, isInfinite)) left = opaque(build, left);
  return madeFloat(build, build.ir.CreateBinaryIntrinsic(id, left, right));
}

Value* extremum(const Lowering& build, bool isMin, Value* left, Value* right) {
  left = numericOperand(build, left);
  right = numericOperand(build, right);
  if (build.isX86()) return extremumOnX86(build, isMin, left, right);
  return extremumInOne(build, isMin ? llvm::Intrinsic::minimum : llvm::Intrinsic::maximum, left,
                       right);
}

}  // namespace

Value* lesser(const Lowering& build, Value* left, Value* right) {
  return lesserOrGreater(build, true, left, right);
}

Value* greater(const Lowering& build, Value* left, Value* right) {
  return lesserOrGreater(build, false, left, right);
}

Value* floatMin(const Lowering& build, Value* left, Value* right) {
  return extremum(build, true, left, right);
}

Value* floatMax(const Lowering& build, Value* left, Value* right) {
  return extremum(build, false, left, right);
}

// With the operands exchanged: the right operand is returned only if it is strictly less.
Value* pseudoMin(const Lowering& build, Value* left, Value* right) {
  return lesser(build, right, left);
}

Value* pseudoMax(const Lowering& build, Value* left, Value* right) {
  return greater(build, right, left);
}

Value* relaxedMinimum(const Lowering& build, Value* left, Value* right) {
  bool isExact = build.isDeterministic || !build.isX86();
  return isExact ? floatMin(build, left, right) : lesser(build, left, right);
}

Value* relaxedMaximum(const Lowering& build, Value* left, Value* right) {
  bool isExact = build.isDeterministic || !build.isX86();
  return isExact ? floatMax(build, left, right) : greater(build, left, right);
}

}  // namespace codegen
