#include "compiler/codegen/float_rounding.h"

#include <llvm/IR/Constants.h>

#include "compiler/codegen/float_arithmetic.h"

namespace codegen {

using llvm::CmpInst;
using llvm::Value;

namespace {

// Rounds by adding and subtracting 2^23 (2^52 for f64), whose successor is one more. The floats
// from there on are whole: for them, and for NaNs, zero is added, which makes NaNs quiet.
class Rounder {
 public:
  Rounder(const VectorBuilder& b, Value* value)
      : b_(b), value_(numericOperand(value)), type_(value->getType()) {}

  Value* nearest() { return withSign(nearestMagnitude()); }

  Value* trunc() {
    Value* rounded = nearestMagnitude();
    return withSign(lessOneIf(CmpInst::FCMP_OGT, rounded, magnitude()));
  }

  Value* floor() { return lessOneIf(CmpInst::FCMP_OGT, nearest(), value_); }

  // The sign is for -1 < x < 0, whose ceiling is -0.
  Value* ceil() {
    Value* rounded = nearest();
    Value* isBelow = b_.ir.CreateFCmpOLT(rounded, value_);
    return withSign(b_.ir.CreateFSub(rounded, oneOrZero(isBelow, -1)));
  }

 private:
  Value* magnitude() { return b_.ir.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, value_); }

  Value* nearestMagnitude() {
    const llvm::fltSemantics& format = type_->getScalarType()->getFltSemantics();
    auto whole = llvm::scalbn(llvm::APFloat::getOne(format),
                              static_cast<int>(llvm::APFloat::semanticsPrecision(format)) - 1,
                              llvm::APFloat::rmNearestTiesToEven);
    llvm::Constant* magic = llvm::ConstantFP::get(type_, whole);
    Value* isSmall = b_.ir.CreateFCmpOLT(magnitude(), magic);
    Value* added = b_.ir.CreateSelect(isSmall, magic, llvm::Constant::getNullValue(type_));
    return b_.ir.CreateFSub(b_.ir.CreateFAdd(magnitude(), added), added);
  }

  Value* withSign(Value* magnitude) {
    return b_.ir.CreateBinaryIntrinsic(llvm::Intrinsic::copysign, magnitude, value_);
  }

  Value* oneOrZero(Value* condition, double one) {
    return b_.ir.CreateSelect(condition, llvm::ConstantFP::get(type_, one),
                              llvm::Constant::getNullValue(type_));
  }

  Value* lessOneIf(CmpInst::Predicate predicate, Value* rounded, Value* exact) {
    Value* isAbove = b_.ir.CreateFCmp(predicate, rounded, exact);
    return b_.ir.CreateFSub(rounded, oneOrZero(isAbove, 1));
  }

  const VectorBuilder& b_;
  Value* value_;
  llvm::Type* type_;
};

bool hasInstruction(const VectorBuilder& b) { return !b.isX86() || b.target.has("sse4.1"); }

Value* byInstruction(const VectorBuilder& b, llvm::Intrinsic::ID id, Value* value) {
  return b.ir.CreateUnaryIntrinsic(id, numericOperand(value));
}

}  // namespace

Value* floatCeil(const VectorBuilder& b, Value* value) {
  return madeFloat(b, hasInstruction(b) ? byInstruction(b, llvm::Intrinsic::ceil, value)
                                        : Rounder(b, value).ceil());
}

Value* floatFloor(const VectorBuilder& b, Value* value) {
  return madeFloat(b, hasInstruction(b) ? byInstruction(b, llvm::Intrinsic::floor, value)
                                        : Rounder(b, value).floor());
}

Value* floatTrunc(const VectorBuilder& b, Value* value) {
  return madeFloat(b, hasInstruction(b) ? byInstruction(b, llvm::Intrinsic::trunc, value)
                                        : Rounder(b, value).trunc());
}

Value* floatNearest(const VectorBuilder& b, Value* value) {
  return madeFloat(b, hasInstruction(b) ? byInstruction(b, llvm::Intrinsic::roundeven, value)
                                        : Rounder(b, value).nearest());
}

}  // namespace codegen
