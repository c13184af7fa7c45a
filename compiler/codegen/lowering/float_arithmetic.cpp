#include "compiler/codegen/lowering/float_arithmetic.h"

#include <llvm/IR/Constants.h>
#include <llvm/IR/PatternMatch.h>

namespace codegen {

using llvm::APFloat;
using llvm::Instruction;
using llvm::Value;

namespace {

bool isZero(const APFloat& lane) { return lane.isZero(); }
bool isOne(const APFloat& lane) { return llvm::abs(lane).isExactlyValue(1); }

// Returns whether LLVM may fold the operation with this constant to its other operand, possibly
// negated, as in x * 1, x / -1, x - 0 and |x| + 0. For a vector one such lane is enough, since LLVM
// makes a scalar operation of it if no other lane is used.
bool leavesOther(Instruction::BinaryOps operation, const Value* known) {
  bool isSum = operation == Instruction::FAdd || operation == Instruction::FSub;
  return hasLane(known, isSum ? isZero : isOne);
}

Value* floatBinary(const Lowering& build, Instruction::BinaryOps operation, Value* left,
                   Value* right) {
  left = numericOperand(build, left);
  right = numericOperand(build, right);
  if (!build.isDeterministic) {
    if (leavesOther(operation, left)) left = opaque(build, left);
    if (leavesOther(operation, right)) right = opaque(build, right);
  }
  return madeFloat(build, build.ir.CreateBinOp(operation, left, right));
}

// The specification demands that all relaxed multiply-adds of an environment are rounded in the
// same way, so this depends on the target alone.
bool isFused(const Lowering& build) {
  if (build.isDeterministic) return false;
  return !build.isX86() || build.target.has("fma") || build.target.has("fma4");
}

// LLVM folds fma(x, 1, y) to x + y, and a product of constants to a constant. The sum could then be
// folded further, as in floatBinary.
Value* fusedMultiplyAdd(const Lowering& build, Value* left, Value* right, Value* addend) {
  bool areKnown = llvm::isa<llvm::Constant>(left) && llvm::isa<llvm::Constant>(right);
  if (areKnown || hasLane(left, isOne)) left = opaque(build, left);
  if (hasLane(right, isOne)) right = opaque(build, right);
  return build.ir.CreateIntrinsic(llvm::Intrinsic::fma, {left->getType()}, {left, right, addend});
}

// Returns whether the value is a promotion, possibly with another sign. LLVM folds the demotion of
// a promotion to the operand, which would not make a signaling NaN quiet.
bool isPromotion(Value* value) {
  using namespace llvm::PatternMatch;
  while (match(value, m_FNeg(m_Value(value))) || match(value, m_FAbs(m_Value(value))) ||
         match(value, m_CopySign(m_Value(value), m_Value()))) {
  }
  return llvm::isa<llvm::FPExtInst>(value);
}

}  // namespace

llvm::Constant* canonicalNan(llvm::Type* type) { return llvm::ConstantFP::getQNaN(type); }

Value* opaque(const Lowering& build, Value* value) {
  return build.ir.CreateIntrinsic(llvm::Intrinsic::arithmetic_fence, {value->getType()}, {value});
}

bool hasLane(const Value* value, llvm::function_ref<bool(const APFloat&)> predicate) {
  auto* constant = llvm::dyn_cast<llvm::Constant>(value);
  if (constant == nullptr) return false;
  auto* vector = llvm::dyn_cast<llvm::FixedVectorType>(value->getType());
  for (unsigned i = 0; i < (vector == nullptr ? 1 : vector->getNumElements()); ++i) {
    auto* lane = llvm::dyn_cast_or_null<llvm::ConstantFP>(
        vector == nullptr ? constant : constant->getAggregateElement(i));
    if (lane == nullptr || predicate(lane->getValueAPF())) return true;
  }
  return false;
}

Value* madeFloat(const Lowering& build, Value* value) {
  if (!build.isDeterministic) return value;
  Value* isNan = build.ir.CreateFCmpUNO(value, value);
  return build.ir.CreateSelect(isNan, canonicalNan(value->getType()), value);
}

Value* numericOperand(const Lowering& build, Value* value) {
  if (!build.isDeterministic) return value;
  using namespace llvm::PatternMatch;
  Value* made = nullptr;
  auto isNan = m_SpecificFCmp(llvm::CmpInst::FCMP_UNO, m_Value(made), m_Deferred(made));
  return match(value, m_Select(isNan, m_NaN(), m_Deferred(made))) ? made : value;
}

Value* floatAdd(const Lowering& build, Value* left, Value* right) {
  return floatBinary(build, Instruction::FAdd, left, right);
}

Value* floatSub(const Lowering& build, Value* left, Value* right) {
  return floatBinary(build, Instruction::FSub, left, right);
}

Value* floatMul(const Lowering& build, Value* left, Value* right) {
  return floatBinary(build, Instruction::FMul, left, right);
}

Value* floatDiv(const Lowering& build, Value* left, Value* right) {
  return floatBinary(build, Instruction::FDiv, left, right);
}

Value* relaxedMultiplyAdd(const Lowering& build, Value* left, Value* right, Value* addend) {
  if (isFused(build)) return fusedMultiplyAdd(build, left, right, addend);
  return floatAdd(build, floatMul(build, left, right), addend);
}

// If LLVM sees that the operand of the NaN test is a square root, it tests x < 0 instead, and then
// replaces the canonical NaN by the one that the instruction yields. Hence opaque.
Value* floatSqrt(const Lowering& build, Value* value) {
  Value* root = build.ir.CreateUnaryIntrinsic(llvm::Intrinsic::sqrt, numericOperand(build, value));
  return build.isDeterministic ? madeFloat(build, opaque(build, root)) : root;
}

Value* floatDemote(const Lowering& build, Value* value, llvm::Type* type) {
  value = numericOperand(build, value);
  if (isPromotion(value) && !build.isDeterministic) value = opaque(build, value);
  return madeFloat(build, build.ir.CreateFPTrunc(value, type));
}

Value* floatPromote(const Lowering& build, Value* value, llvm::Type* type) {
  return madeFloat(build, build.ir.CreateFPExt(numericOperand(build, value), type));
}

}  // namespace codegen
