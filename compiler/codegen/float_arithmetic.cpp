#include "compiler/codegen/float_arithmetic.h"

#include <llvm/Analysis/ConstantFolding.h>
#include <llvm/IR/Constants.h>
#include <llvm/IR/PatternMatch.h>

namespace codegen {

using llvm::APFloat;
using llvm::Instruction;
using llvm::Value;
using llvm::Intrinsic::ID;

namespace {

bool isZero(const APFloat& lane) { return lane.isZero(); }
bool isInfinite(const APFloat& lane) { return lane.isInfinity(); }
bool isOne(const APFloat& lane) { return llvm::abs(lane).isExactlyValue(1); }

Value* quiet(const VectorBuilder& b, Value* value) {
  return b.ir.CreateUnaryIntrinsic(llvm::Intrinsic::canonicalize, value);
}

llvm::Constant* canonicalNan(llvm::Type* type) { return llvm::ConstantFP::getQNaN(type); }

// The operands in an order, where one of them is a constant.
struct KnownOperand {
  llvm::Constant* known = nullptr;
  Value* other = nullptr;
};

KnownOperand knownOperand(Value* left, Value* right) {
  if (auto* known = llvm::dyn_cast<llvm::Constant>(right)) return {known, left};
  if (auto* known = llvm::dyn_cast<llvm::Constant>(left)) return {known, right};
  return {};
}

// Whether LLVM may fold the operation with this constant to its other operand, perhaps negated: x *
// 1, x / -1, x - 0, |x| + 0. It does so for a lane of a vector too, once it knows that only that
// one is used.
bool leavesOther(const VectorBuilder& b, Instruction::BinaryOps operation, Value* known) {
  bool isSum = operation == Instruction::FAdd || operation == Instruction::FSub;
  return hasLane(b, known, isSum ? isZero : isOne);
}

Value* floatBinary(const VectorBuilder& b, Instruction::BinaryOps operation, Value* left,
                   Value* right) {
  left = numericOperand(left);
  right = numericOperand(right);
  if (!b.isDeterministic) {
    if (leavesOther(b, operation, right)) left = quiet(b, left);
    if (leavesOther(b, operation, left)) right = quiet(b, right);
  }
  return madeFloat(b, b.ir.CreateBinOp(operation, left, right));
}

// Equal operands give the second. So of two zeros it is the second too, and a NaN as either operand
// leaves the second.
Value* better(const VectorBuilder& b, bool isMin, Value* left, Value* right) {
  Value* isLeft = isMin ? b.ir.CreateFCmpOLT(left, right) : b.ir.CreateFCmpOGT(left, right);
  return b.ir.CreateSelect(isLeft, left, right);
}

// With a constant that is no NaN and cannot win as a zero, the other operand is the right answer
// whenever the compare does not hold.
Value* extremumWith(const VectorBuilder& b, bool isMin, const KnownOperand& operands) {
  Value* result = better(b, isMin, operands.known, operands.other);
  return b.isDeterministic ? madeFloat(b, result) : quiet(b, result);
}

// minps and maxps give the second operand for NaNs and for zeros of different sign. Both ways round
// and combined by their bits, -0 is less than +0; NaNs have to be put in.
Value* extremumOnX86(const VectorBuilder& b, bool isMin, Value* left, Value* right) {
  KnownOperand operands = knownOperand(left, right);
  auto spoils = [isMin](const APFloat& lane) {
    return lane.isNaN() || (lane.isZero() && lane.isNegative() == isMin);
  };
  if (operands.known != nullptr && !hasLane(b, operands.known, spoils))
    return extremumWith(b, isMin, operands);
  llvm::Type* type = left->getType();
  llvm::Type* bits = type->getWithNewType(b.ir.getIntNTy(type->getScalarSizeInBits()));
  Value* one = b.ir.CreateBitCast(better(b, isMin, left, right), bits);
  Value* other = b.ir.CreateBitCast(better(b, isMin, right, left), bits);
  Value* combined = isMin ? b.ir.CreateOr(one, other) : b.ir.CreateAnd(one, other);
  return b.ir.CreateSelect(b.ir.CreateFCmpUNO(left, right), canonicalNan(type),
                           b.ir.CreateBitCast(combined, type));
}

// LLVM folds the extremum of x and x, or of x and an infinity, to x.
Value* extremumInOne(const VectorBuilder& b, ID id, Value* left, Value* right) {
  if (!b.isDeterministic && (left == right || hasLane(b, right, isInfinite))) left = quiet(b, left);
  if (!b.isDeterministic && hasLane(b, left, isInfinite)) right = quiet(b, right);
  return madeFloat(b, b.ir.CreateBinaryIntrinsic(id, left, right));
}

Value* extremum(const VectorBuilder& b, bool isMin, Value* left, Value* right) {
  left = numericOperand(left);
  right = numericOperand(right);
  if (b.isX86()) return extremumOnX86(b, isMin, left, right);
  return extremumInOne(b, isMin ? llvm::Intrinsic::minimum : llvm::Intrinsic::maximum, left, right);
}

// Whether it is one but for its sign. LLVM folds a promotion that is demoted again to nothing.
bool isPromotion(Value* value) {
  using namespace llvm::PatternMatch;
  while (match(value, m_FNeg(m_Value(value))) || match(value, m_FAbs(m_Value(value))) ||
         match(value, m_CopySign(m_Value(value), m_Value()))) {
  }
  return llvm::isa<llvm::FPExtInst>(value);
}

}  // namespace

bool hasLane(const VectorBuilder& b, Value* value,
             llvm::function_ref<bool(const APFloat&)> predicate) {
  auto* constant = llvm::dyn_cast<llvm::Constant>(value);
  if (constant == nullptr) return false;
  // A constant of other lanes is a constant expression until it is folded.
  constant = llvm::ConstantFoldConstant(constant, b.ir.GetInsertBlock()->getDataLayout());
  auto* vector = llvm::dyn_cast<llvm::FixedVectorType>(value->getType());
  for (unsigned i = 0; i < (vector == nullptr ? 1 : vector->getNumElements()); ++i) {
    auto* lane = llvm::dyn_cast_or_null<llvm::ConstantFP>(
        vector == nullptr ? constant : constant->getAggregateElement(i));
    if (lane == nullptr || predicate(lane->getValueAPF())) return true;
  }
  return false;
}

Value* madeFloat(const VectorBuilder& b, Value* value) {
  if (!b.isDeterministic) return value;
  Value* isNan = b.ir.CreateFCmpUNO(value, value);
  return b.ir.CreateSelect(isNan, canonicalNan(value->getType()), value);
}

Value* numericOperand(Value* value) {
  using namespace llvm::PatternMatch;
  Value* made = nullptr;
  auto isNan = m_SpecificFCmp(llvm::CmpInst::FCMP_UNO, m_Value(made), m_Deferred(made));
  return match(value, m_Select(isNan, m_NaN(), m_Deferred(made))) ? made : value;
}

Value* floatAdd(const VectorBuilder& b, Value* left, Value* right) {
  return floatBinary(b, Instruction::FAdd, left, right);
}

Value* floatSub(const VectorBuilder& b, Value* left, Value* right) {
  return floatBinary(b, Instruction::FSub, left, right);
}

Value* floatMul(const VectorBuilder& b, Value* left, Value* right) {
  return floatBinary(b, Instruction::FMul, left, right);
}

Value* floatDiv(const VectorBuilder& b, Value* left, Value* right) {
  return floatBinary(b, Instruction::FDiv, left, right);
}

// LLVM folds fma(x, 1, y) to x + y, and that as any sum; likewise where both factors are constants.
Value* floatFma(const VectorBuilder& b, Value* left, Value* right, Value* addend) {
  left = numericOperand(left);
  right = numericOperand(right);
  addend = numericOperand(addend);
  if (!b.isDeterministic) {
    if (llvm::isa<llvm::Constant>(left) && llvm::isa<llvm::Constant>(right))
      addend = quiet(b, addend);
    if (hasLane(b, right, isOne)) left = quiet(b, left);
    if (hasLane(b, left, isOne)) right = quiet(b, right);
  }
  return madeFloat(
      b, b.ir.CreateIntrinsic(llvm::Intrinsic::fma, {left->getType()}, {left, right, addend}));
}

Value* floatMin(const VectorBuilder& b, Value* left, Value* right) {
  return extremum(b, true, left, right);
}

Value* floatMax(const VectorBuilder& b, Value* left, Value* right) {
  return extremum(b, false, left, right);
}

Value* floatSqrt(const VectorBuilder& b, Value* value) {
  return madeFloat(b, b.ir.CreateUnaryIntrinsic(llvm::Intrinsic::sqrt, numericOperand(value)));
}

Value* floatDemote(const VectorBuilder& b, Value* value, llvm::Type* type) {
  value = numericOperand(value);
  Value* result = b.ir.CreateFPTrunc(value, type);
  return isPromotion(value) && !b.isDeterministic ? quiet(b, result) : madeFloat(b, result);
}

Value* floatPromote(const VectorBuilder& b, Value* value, llvm::Type* type) {
  return madeFloat(b, b.ir.CreateFPExt(numericOperand(value), type));
}

}  // namespace codegen
