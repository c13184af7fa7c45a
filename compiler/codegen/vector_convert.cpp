#include "compiler/codegen/vector_convert.h"

#include <llvm/IR/IntrinsicsX86.h>

#include "compiler/codegen/float_arithmetic.h"

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

FixedVectorType* i32x4(const VectorBuilder& b) {
  return FixedVectorType::get(b.ir.getInt32Ty(), 4);
}

Value* lowHalf(const VectorBuilder& b, Value* lanes) {
  return b.ir.CreateShuffleVector(lanes, {0, 1});
}

Value* withZeroHigh(const VectorBuilder& b, Value* low) {
  return b.ir.CreateShuffleVector(low, llvm::Constant::getNullValue(low->getType()), {0, 1, 2, 3});
}

// cvttps2dq and cvttpd2dq: what is out of range, and a NaN, becomes -2^31.
Value* convertToI32(const VectorBuilder& b, Value* value) {
  bool isF32 = value->getType()->getScalarType()->isFloatTy();
  return b.ir.CreateIntrinsic(
      isF32 ? llvm::Intrinsic::x86_sse2_cvttps2dq : llvm::Intrinsic::x86_sse2_cvttpd2dq, {value});
}

bool convertsToU32(const VectorBuilder& b) { return b.isX86() && b.target.has("avx512vl"); }

// vcvttps2udq and vcvttpd2udq: what is out of range, and a NaN, becomes 2^32 - 1.
Value* convertToU32(const VectorBuilder& b, Value* value) {
  bool isF32 = value->getType()->getScalarType()->isFloatTy();
  constexpr uint8_t kAllLanes = 0xff;
  return b.ir.CreateIntrinsic(
      isF32 ? llvm::Intrinsic::x86_avx512_mask_cvttps2udq_128
            : llvm::Intrinsic::x86_avx512_mask_cvttpd2udq_128,
      {value, llvm::Constant::getNullValue(i32x4(b)), b.ir.getInt8(kAllLanes)});
}

// maxps with zero as its second operand, so NaNs become 0 too.
Value* atLeastZero(const VectorBuilder& b, Value* value) {
  Value* zero = splat(value, 0);
  return b.ir.CreateSelect(b.ir.CreateFCmpOGT(value, zero), value, zero);
}

Value* atMost(const VectorBuilder& b, Value* value, Value* bound) {
  return b.ir.CreateSelect(b.ir.CreateFCmpOLT(value, bound), value, bound);
}

// The generic instruction, which AArch64 has.
Value* saturate(const VectorBuilder& b, llvm::Intrinsic::ID id, Value* value) {
  llvm::Type* result = llvm::VectorType::getInteger(llvm::cast<FixedVectorType>(value->getType()));
  return b.ir.CreateIntrinsic(id, {result, value->getType()}, {value});
}

// Floats from 0 up to 2^32, of which those from 2^31 on become -2^31 at first.
Value* halvesToU32(const VectorBuilder& b, Value* value) {
  Value* low = convertToI32(b, value);
  Value* high = convertToI32(b, b.ir.CreateFSub(value, splat(value, kTwoTo31)));
  return b.ir.CreateOr(low, b.ir.CreateAnd(high, b.ir.CreateAShr(low, 31)));
}

bool hasTruncation(const VectorBuilder& b) { return b.target.has("sse4.1"); }

// Floats from 0 to 2^32 - 1, or above -1 where truncation is an instruction. The integer lies in
// the low bits of its sum with 2^52, which is rounded: so the fraction has to go first, or what was
// rounded up is taken back.
Value* doublesToU32(const VectorBuilder& b, Value* value) {
  if (hasTruncation(b)) value = b.ir.CreateUnaryIntrinsic(llvm::Intrinsic::trunc, value);
  Value* sum = b.ir.CreateFAdd(value, splat(value, kTwoTo52));
  Value* bits = b.ir.CreateBitCast(sum, FixedVectorType::get(b.ir.getInt64Ty(), 2));
  if (!hasTruncation(b)) {
    Value* rounded = b.ir.CreateFSub(sum, splat(value, kTwoTo52));
    Value* isAbove = b.ir.CreateFCmpOGT(rounded, value);
    bits = b.ir.CreateAdd(bits, b.ir.CreateSExt(isAbove, bits->getType()));
  }
  Value* lanes = b.ir.CreateBitCast(bits, i32x4(b));
  return b.ir.CreateShuffleVector(lanes, llvm::Constant::getNullValue(i32x4(b)), {0, 2, 4, 5});
}

// From 64 bits to 32.
Value* narrow(const VectorBuilder& b, Value* wide) {
  return withZeroHigh(b, b.ir.CreateTrunc(wide, FixedVectorType::get(b.ir.getInt32Ty(), 2)));
}

Value* clamp(const VectorBuilder& b, Value* value, int64_t least, int64_t greatest) {
  llvm::Type* type = value->getType();
  Value* bounded = b.ir.CreateBinaryIntrinsic(llvm::Intrinsic::smin, value,
                                              llvm::ConstantInt::getSigned(type, greatest));
  return b.ir.CreateBinaryIntrinsic(llvm::Intrinsic::smax, bounded,
                                    llvm::ConstantInt::getSigned(type, least));
}

}  // namespace

Value* truncSatLanesS(const VectorBuilder& b, Value* f32x4) {
  f32x4 = numericOperand(f32x4);
  if (!b.isX86()) return saturate(b, llvm::Intrinsic::fptosi_sat, f32x4);
  // Inverted, -2^31 is 2^31 - 1.
  Value* isAbove = b.ir.CreateFCmpOGE(f32x4, splat(f32x4, kTwoTo31));
  Value* bounded = b.ir.CreateXor(convertToI32(b, f32x4), b.ir.CreateSExt(isAbove, i32x4(b)));
  return b.ir.CreateSelect(b.ir.CreateFCmpORD(f32x4, f32x4), bounded,
                           llvm::Constant::getNullValue(i32x4(b)));
}

Value* truncSatLanesU(const VectorBuilder& b, Value* f32x4) {
  f32x4 = numericOperand(f32x4);
  if (!b.isX86()) return saturate(b, llvm::Intrinsic::fptoui_sat, f32x4);
  Value* positive = atLeastZero(b, f32x4);
  if (convertsToU32(b)) return convertToU32(b, positive);
  Value* isAbove = b.ir.CreateFCmpOGE(positive, splat(positive, kTwoTo32));
  return b.ir.CreateOr(halvesToU32(b, positive), b.ir.CreateSExt(isAbove, i32x4(b)));
}

Value* truncSatZeroS(const VectorBuilder& b, Value* f64x2) {
  f64x2 = numericOperand(f64x2);
  if (!b.isX86()) {
    Value* wide = saturate(b, llvm::Intrinsic::fptosi_sat, f64x2);
    return narrow(b, clamp(b, wide, INT32_MIN, INT32_MAX));
  }
  // The upper bound, or for a NaN zero, which stays since it is the second operand of minpd.
  Value* bound =
      b.ir.CreateSelect(b.ir.CreateFCmpORD(f64x2, f64x2), splat(f64x2, INT32_MAX), splat(f64x2, 0));
  return convertToI32(b, atMost(b, f64x2, bound));
}

Value* truncSatZeroU(const VectorBuilder& b, Value* f64x2) {
  f64x2 = numericOperand(f64x2);
  if (!b.isX86()) {
    Value* wide = saturate(b, llvm::Intrinsic::fptoui_sat, f64x2);
    return narrow(b,
                  b.ir.CreateBinaryIntrinsic(llvm::Intrinsic::umin, wide,
                                             llvm::ConstantInt::get(wide->getType(), UINT32_MAX)));
  }
  Value* positive = atLeastZero(b, f64x2);
  if (convertsToU32(b)) return convertToU32(b, positive);
  return doublesToU32(b, atMost(b, positive, splat(positive, UINT32_MAX)));
}

Value* relaxedTruncationS(const VectorBuilder& b, Value* f32x4) {
  if (b.isDeterministic || !b.isX86()) return truncSatLanesS(b, f32x4);
  return convertToI32(b, f32x4);
}

Value* relaxedTruncationU(const VectorBuilder& b, Value* f32x4) {
  if (b.isDeterministic || !b.isX86()) return truncSatLanesU(b, f32x4);
  return convertsToU32(b) ? convertToU32(b, f32x4) : halvesToU32(b, f32x4);
}

Value* relaxedTruncationZeroS(const VectorBuilder& b, Value* f64x2) {
  if (b.isDeterministic || !b.isX86()) return truncSatZeroS(b, f64x2);
  return convertToI32(b, f64x2);
}

Value* relaxedTruncationZeroU(const VectorBuilder& b, Value* f64x2) {
  if (b.isDeterministic || !b.isX86()) return truncSatZeroU(b, f64x2);
  if (convertsToU32(b)) return convertToU32(b, f64x2);
  return doublesToU32(b, hasTruncation(b) ? f64x2 : atLeastZero(b, f64x2));
}

Value* convertLanesS(const VectorBuilder& b, Value* i32x4) {
  return b.ir.CreateSIToFP(i32x4, FixedVectorType::get(b.ir.getFloatTy(), 4));
}

Value* convertLanesU(const VectorBuilder& b, Value* i32x4) {
  return b.ir.CreateUIToFP(i32x4, FixedVectorType::get(b.ir.getFloatTy(), 4));
}

Value* convertLowS(const VectorBuilder& b, Value* i32x4) {
  return b.ir.CreateSIToFP(lowHalf(b, i32x4), FixedVectorType::get(b.ir.getDoubleTy(), 2));
}

Value* convertLowU(const VectorBuilder& b, Value* i32x4) {
  return b.ir.CreateUIToFP(lowHalf(b, i32x4), FixedVectorType::get(b.ir.getDoubleTy(), 2));
}

Value* demoteZero(const VectorBuilder& b, Value* f64x2) {
  return withZeroHigh(b, floatDemote(b, f64x2, FixedVectorType::get(b.ir.getFloatTy(), 2)));
}

Value* promoteLow(const VectorBuilder& b, Value* f32x4) {
  Value* low = lowHalf(b, numericOperand(f32x4));
  return floatPromote(b, low, FixedVectorType::get(b.ir.getDoubleTy(), 2));
}

}  // namespace codegen
