#include "compiler/codegen/lowering/float_rounding.h"

#include <llvm/IR/Constants.h>

#include "compiler/codegen/lowering/float_arithmetic.h"

namespace codegen {

using llvm::CmpInst;
using llvm::Value;

namespace {

// Rounds without rounding instructions, by the classic magic number: the sum with 2^23 (2^52 for
// f64), where the distance of floats is 1, is rounded to an integer, and the difference is exact.
// Floats from there on are integers; for them, and for NaNs, zero is added instead, which makes
// NaNs quiet.
class Rounder {
 public:
  Rounder(const Lowering& build, Value* value)
      : build_(build), value_(numericOperand(build, value)), type_(value->getType()) {}

  Value* nearest() { return withSign(nearestMagnitude()); }

  Value* trunc() {
    Value* rounded = nearestMagnitude();
    return withSign(lessOneIf(CmpInst::FCMP_OGT, rounded, magnitude()));
  }

  Value* floor() { return lessOneIf(CmpInst::FCMP_OGT, nearest(), value_); }

  // The sign is set for -1 < x < 0, whose ceiling is -0.
  Value* ceil() {
    Value* rounded = nearest();
    Value* isBelow = build_.ir.CreateFCmpOLT(rounded, value_);
    return withSign(build_.ir.CreateFSub(rounded, oneOrZero(isBelow, -1)));
  }

 private:
  Value* magnitude() { return build_.ir.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, value_); }

  Value* nearestMagnitude() {
    const llvm::fltSemantics& format = type_->getScalarType()->getFltSemantics();
    auto whole = llvm::scalbn(llvm::APFloat::getOne(format),
                              static_cast<int>(llvm::APFloat::semanticsPrecision(format)) - 1,
                              llvm::APFloat::rmNearestTiesToEven);
    llvm::Constant* magic = llvm::ConstantFP::get(type_, whole);
    Value* isSmall = build_.ir.CreateFCmpOLT(magnitude(), magic);
    Value* added = build_.ir.CreateSelect(isSmall, magic, llvm::Constant::getNullValue(type_));
    return build_.ir.CreateFSub(build_.ir.CreateFAdd(magnitude(), added), added);
  }

  // Returns `rounded` with the sign of the value. Its sign must be that already, or positive.
  Value* withSign(Value* rounded) {
    llvm::Type* bits = type_->getWithNewType(build_.ir.getIntNTy(type_->getScalarSizeInBits()));
    Value* sign = build_.ir.CreateBinaryIntrinsic(llvm::Intrinsic::copysign,
                                                  llvm::Constant::getNullValue(type_), value_);
    Value* both = build_.ir.CreateOr(build_.ir.CreateBitCast(rounded, bits),
                                     build_.ir.CreateBitCast(sign, bits));
    return build_.ir.CreateBitCast(both, type_);
  }

  Value* oneOrZero(Value* condition, double one) {
    return build_.ir.CreateSelect(condition, llvm::ConstantFP::get(type_, one),
                                  llvm::Constant::getNullValue(type_));
  }

  Value* lessOneIf(CmpInst::Predicate predicate, Value* rounded, Value* exact) {
    Value* isAbove = build_.ir.CreateFCmp(predicate, rounded, exact);
    return build_.ir.CreateFSub(rounded, oneOrZero(isAbove, 1));
  }

  const Lowering& build_;
  Value* value_;
  llvm::Type* type_;
};

bool hasInstruction(const Lowering& build) { return !build.isX86() || build.target.has("sse4.1"); }

Value* byInstruction(const Lowering& build, llvm::Intrinsic::ID id, Value* value) {
  return build.ir.CreateUnaryIntrinsic(id, numericOperand(build, value));
}

}  // namespace

Value* floatCeil(const Lowering& build, Value* value) {
  return madeFloat(build, hasInstruction(build) ? byInstruction(build, llvm::Intrinsic::ceil, value)
                                                : Rounder(build, value).ceil());
}

Value* floatFloor(const Lowering& build, Value* value) {
  return madeFloat(build, hasInstruction(build)
                              ? byInstruction(build, llvm::Intrinsic::floor, value)
                              : Rounder(build, value).floor());
}

Value* floatTrunc(const Lowering& build, Value* value) {
  return madeFloat(build, hasInstruction(build)
                              ? byInstruction(build, llvm::Intrinsic::trunc, value)
                              : Rounder(build, value).trunc());
}

Value* floatNearest(const Lowering& build, Value* value) {
  return madeFloat(build, hasInstruction(build)
                              ? byInstruction(build, llvm::Intrinsic::roundeven, value)
                              : Rounder(build, value).nearest());
}

}  // namespace codegen
