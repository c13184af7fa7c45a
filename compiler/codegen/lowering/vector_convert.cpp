#include "compiler/codegen/lowering/vector_convert.h"

#include <llvm/IR/IntrinsicsX86.h>

#include "compiler/codegen/lowering/float_arithmetic.h"
#include "compiler/codegen/lowering/float_extremum.h"

namespace codegen {

using llvm::FixedVectorType;
using llvm::Value;

namespace {

constexpr double kTwoTo31 = 2147483648.0;
constexpr double kTwoTo32 = 4294967296.0;
constexpr double kTwoTo52 = 4503599627370496.0;

llvm::Constant* splat(const Value* like, double number) {
  return llvm::ConstantFP::get(like->getType(), number);
}

FixedVectorType* i32x4(const Lowering& build) {
  return FixedVectorType::get(build.ir.getInt32Ty(), 4);
}

Value* lowHalf(const Lowering& build, Value* lanes) {
  return build.ir.CreateShuffleVector(lanes, {0, 1});
}

Value* withZeroHigh(const Lowering& build, Value* low) {
  return build.ir.CreateShuffleVector(low, llvm::Constant::getNullValue(low->getType()),
                                      {0, 1, 2, 3});
}

// cvttps2dq and cvttpd2dq: a NaN and a value out of range become -2^31.
Value* convertToI32(const Lowering& build, Value* value) {
  bool isF32 = value->getType()->getScalarType()->isFloatTy();
  return build.ir.CreateIntrinsic(
      isF32 ? llvm::Intrinsic::x86_sse2_cvttps2dq : llvm::Intrinsic::x86_sse2_cvttpd2dq, {value});
}

bool convertsToU32(const Lowering& build) { return build.isX86() && build.target.has("avx512vl"); }

// vcvttps2udq and vcvttpd2udq: a NaN and a value out of range become 2^32 - 1.
Value* convertToU32(const Lowering& build, Value* value) {
  bool isF32 = value->getType()->getScalarType()->isFloatTy();
  constexpr uint8_t kAllLanes = 0xff;
  return build.ir.CreateIntrinsic(
      isF32 ? llvm::Intrinsic::x86_avx512_mask_cvttps2udq_128
            : llvm::Intrinsic::x86_avx512_mask_cvttpd2udq_128,
      {value, llvm::Constant::getNullValue(i32x4(build)), build.ir.getInt8(kAllLanes)});
}

// Returns the maximum of the value and 0. NaNs become 0 too, since it is the right operand.
Value* atLeastZero(const Lowering& build, Value* value) {
  return greater(build, value, splat(value, 0));
}

// Adds LLVM's saturating conversion, which is one instruction on AArch64.
Value* saturate(const Lowering& build, llvm::Intrinsic::ID id, Value* value) {
  llvm::Type* result = llvm::VectorType::getInteger(llvm::cast<FixedVectorType>(value->getType()));
  return build.ir.CreateIntrinsic(id, {result, value->getType()}, {value});
}

// Converts floats from 0 to 2^32. Those of 2^31 and more become -2^31 in `low`, whose sign then
// selects the lower bits from the conversion of value - 2^31.
Value* halvesToU32(const Lowering& build, Value* value) {
  Value* low = convertToI32(build, value);
  Value* high = convertToI32(build, build.ir.CreateFSub(value, splat(value, kTwoTo31)));
  return build.ir.CreateOr(low, build.ir.CreateAnd(high, build.ir.CreateAShr(low, 31)));
}

bool hasTruncation(const Lowering& build) { return build.target.has("sse4.1"); }

// Converts floats from 0 to 2^32 - 1, or above -1 if the target has a truncation instruction. In
// the sum of an integer and 2^52 the integer is in the low bits of the significand. The sum is
// rounded, so the fraction is removed first, or 1 is subtracted from a sum that was rounded up.
Value* doublesToU32(const Lowering& build, Value* value) {
  if (hasTruncation(build)) value = build.ir.CreateUnaryIntrinsic(llvm::Intrinsic::trunc, value);
  Value* sum = build.ir.CreateFAdd(value, splat(value, kTwoTo52));
  Value* bits = build.ir.CreateBitCast(sum, FixedVectorType::get(build.ir.getInt64Ty(), 2));
  if (!hasTruncation(build)) {
    Value* rounded = build.ir.CreateFSub(sum, splat(value, kTwoTo52));
    Value* isAbove = build.ir.CreateFCmpOGT(rounded, value);
    bits = build.ir.CreateAdd(bits, build.ir.CreateSExt(isAbove, bits->getType()));
  }
  Value* lanes = build.ir.CreateBitCast(bits, i32x4(build));
  return build.ir.CreateShuffleVector(lanes, llvm::Constant::getNullValue(i32x4(build)),
                                      {0, 2, 4, 5});
}

// Truncates lanes of 64 bits to 32 bits. The high lanes are zero.
Value* narrow(const Lowering& build, Value* wide) {
  return withZeroHigh(build,
                      build.ir.CreateTrunc(wide, FixedVectorType::get(build.ir.getInt32Ty(), 2)));
}

Value* clamp(const Lowering& build, Value* value, int64_t least, int64_t greatest) {
  llvm::Type* type = value->getType();
  Value* bounded = build.ir.CreateBinaryIntrinsic(llvm::Intrinsic::smin, value,
                                                  llvm::ConstantInt::getSigned(type, greatest));
  return build.ir.CreateBinaryIntrinsic(llvm::Intrinsic::smax, bounded,
                                        llvm::ConstantInt::getSigned(type, least));
}

}  // namespace

Value* truncSatLanesS(const Lowering& build, Value* f32x4) {
  f32x4 = numericOperand(build, f32x4);
  if (!build.isX86()) return saturate(build, llvm::Intrinsic::fptosi_sat, f32x4);
  // The complement of -2^31 is 2^31 - 1, the saturated value.
  Value* isAbove = build.ir.CreateFCmpOGE(f32x4, splat(f32x4, kTwoTo31));
  Value* bounded =
      build.ir.CreateXor(convertToI32(build, f32x4), build.ir.CreateSExt(isAbove, i32x4(build)));
  return build.ir.CreateSelect(build.ir.CreateFCmpORD(f32x4, f32x4), bounded,
                               llvm::Constant::getNullValue(i32x4(build)));
}

Value* truncSatLanesU(const Lowering& build, Value* f32x4) {
  f32x4 = numericOperand(build, f32x4);
  if (!build.isX86()) return saturate(build, llvm::Intrinsic::fptoui_sat, f32x4);
  Value* positive = atLeastZero(build, f32x4);
  if (convertsToU32(build)) return convertToU32(build, positive);
  Value* isAbove = build.ir.CreateFCmpOGE(positive, splat(positive, kTwoTo32));
  return build.ir.CreateOr(halvesToU32(build, positive),
                           build.ir.CreateSExt(isAbove, i32x4(build)));
}

Value* truncSatZeroS(const Lowering& build, Value* f64x2) {
  f64x2 = numericOperand(build, f64x2);
  if (!build.isX86()) {
    Value* wide = saturate(build, llvm::Intrinsic::fptosi_sat, f64x2);
    return narrow(build, clamp(build, wide, INT32_MIN, INT32_MAX));
  }
  // The bound is INT32_MAX, or 0 in lanes with a NaN: minpd returns its second operand for a NaN.
  Value* bound = build.ir.CreateSelect(build.ir.CreateFCmpORD(f64x2, f64x2),
                                       splat(f64x2, INT32_MAX), splat(f64x2, 0));
  return convertToI32(build, lesser(build, f64x2, bound));
}

Value* truncSatZeroU(const Lowering& build, Value* f64x2) {
  f64x2 = numericOperand(build, f64x2);
  if (!build.isX86()) {
    Value* wide = saturate(build, llvm::Intrinsic::fptoui_sat, f64x2);
    return narrow(
        build, build.ir.CreateBinaryIntrinsic(llvm::Intrinsic::umin, wide,
                                              llvm::ConstantInt::get(wide->getType(), UINT32_MAX)));
  }
  Value* positive = atLeastZero(build, f64x2);
  if (convertsToU32(build)) return convertToU32(build, positive);
  return doublesToU32(build, lesser(build, positive, splat(positive, UINT32_MAX)));
}

Value* relaxedTruncationS(const Lowering& build, Value* f32x4) {
  if (build.isDeterministic || !build.isX86()) return truncSatLanesS(build, f32x4);
  return convertToI32(build, f32x4);
}

Value* relaxedTruncationU(const Lowering& build, Value* f32x4) {
  if (build.isDeterministic || !build.isX86()) return truncSatLanesU(build, f32x4);
  return convertsToU32(build) ? convertToU32(build, f32x4) : halvesToU32(build, f32x4);
}

Value* relaxedTruncationZeroS(const Lowering& build, Value* f64x2) {
  if (build.isDeterministic || !build.isX86()) return truncSatZeroS(build, f64x2);
  return convertToI32(build, f64x2);
}

Value* relaxedTruncationZeroU(const Lowering& build, Value* f64x2) {
  if (build.isDeterministic || !build.isX86()) return truncSatZeroU(build, f64x2);
  if (convertsToU32(build)) return convertToU32(build, f64x2);
  return doublesToU32(build, hasTruncation(build) ? f64x2 : atLeastZero(build, f64x2));
}

Value* convertLanesS(const Lowering& build, Value* i32x4) {
  return build.ir.CreateSIToFP(i32x4, FixedVectorType::get(build.ir.getFloatTy(), 4));
}

Value* convertLanesU(const Lowering& build, Value* i32x4) {
  return build.ir.CreateUIToFP(i32x4, FixedVectorType::get(build.ir.getFloatTy(), 4));
}

Value* convertLowS(const Lowering& build, Value* i32x4) {
  return build.ir.CreateSIToFP(lowHalf(build, i32x4),
                               FixedVectorType::get(build.ir.getDoubleTy(), 2));
}

Value* convertLowU(const Lowering& build, Value* i32x4) {
  return build.ir.CreateUIToFP(lowHalf(build, i32x4),
                               FixedVectorType::get(build.ir.getDoubleTy(), 2));
}

Value* demoteZero(const Lowering& build, Value* f64x2) {
  return withZeroHigh(build,
                      floatDemote(build, f64x2, FixedVectorType::get(build.ir.getFloatTy(), 2)));
}

Value* promoteLow(const Lowering& build, Value* f32x4) {
  Value* low = lowHalf(build, numericOperand(build, f32x4));
  return floatPromote(build, low, FixedVectorType::get(build.ir.getDoubleTy(), 2));
}

}  // namespace codegen
