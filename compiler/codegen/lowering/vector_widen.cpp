#include "compiler/codegen/lowering/vector_widen.h"

#include <llvm/IR/IntrinsicsAArch64.h>
#include <llvm/IR/IntrinsicsX86.h>

namespace codegen {

using llvm::Constant;
using llvm::ConstantInt;
using llvm::Value;
namespace Intrinsic = llvm::Intrinsic;

namespace {

constexpr Extension kSigned = llvm::Instruction::SExt;

// Returns the sums of pairs on x86-64. pmaddubsw and pmaddwd multiply by a second operand first,
// whose lanes are 1 here.
Value* addPairsByMultiplying(const Lowering& build, Extension extension, Value* lanes) {
  Value* ones = ConstantInt::get(lanes->getType(), 1);
  if (lanes->getType()->getScalarSizeInBits() == 16) {
    return build.ir.CreateIntrinsic(Intrinsic::x86_sse2_pmadd_wd, {lanes, ones});
  }
  // The lanes of the first operand are unsigned, those of the second are signed.
  bool isSigned = extension == kSigned;
  return build.ir.CreateIntrinsic(Intrinsic::x86_ssse3_pmadd_ub_sw_128,
                                  {isSigned ? ones : lanes, isSigned ? lanes : ones});
}

// Returns the sums of pairs by shifts within the wider lanes.
Value* addPairsByShifting(const Lowering& build, Extension extension, Value* lanes) {
  uint64_t bits = lanes->getType()->getScalarSizeInBits();
  Value* wide = build.ir.CreateBitCast(lanes, withWiderLanes(lanes->getType()));
  if (extension == kSigned) {
    Value* even = build.ir.CreateAShr(build.ir.CreateShl(wide, bits), bits);
    return build.ir.CreateAdd(even, build.ir.CreateAShr(wide, bits));
  }
  Value* even = build.ir.CreateAnd(wide, (uint64_t{1} << bits) - 1);
  return build.ir.CreateAdd(even, build.ir.CreateLShr(wide, bits));
}

// Returns signed products of 8-bit lanes, with the factors in the upper halves of 16-bit lanes:
// 256a * 256b >> 16 = ab.
Value* multiplyInUpperHalves(const Lowering& build, Value* left, Value* right, Half half) {
  Constant* zero = Constant::getNullValue(left->getType());
  llvm::Type* wide = withWiderLanes(left->getType());
  auto shifted = [&](Value* lanes) {
    return build.ir.CreateBitCast(interleave(build, zero, lanes, half), wide);
  };
  return build.ir.CreateIntrinsic(Intrinsic::x86_sse2_pmulh_w, {shifted(left), shifted(right)});
}

// Returns products of 16-bit lanes, whose lower and upper halves are computed separately. Programs
// that need the products of both the low and the high lanes share these computations.
Value* multiplyHalvesApart(const Lowering& build, Extension extension, Value* left, Value* right,
                           Half half) {
  Value* lower = build.ir.CreateMul(left, right);
  Value* upper = build.ir.CreateIntrinsic(
      extension == kSigned ? Intrinsic::x86_sse2_pmulh_w : Intrinsic::x86_sse2_pmulhu_w,
      {left, right});
  return build.ir.CreateBitCast(interleave(build, lower, upper, half),
                                withWiderLanes(left->getType()));
}

}  // namespace

Value* extendHalf(const Lowering& build, Extension extension, Value* lanes, Half half) {
  return build.ir.CreateCast(extension, halfOf(build, lanes, half),
                             withWiderLanes(lanes->getType()));
}

Value* extendAndAddPairs(const Lowering& build, Extension extension, Value* lanes) {
  if (!build.isX86()) {
    llvm::Type* wide = withWiderLanes(lanes->getType());
    return build.ir.CreateIntrinsic(
        extension == kSigned ? Intrinsic::aarch64_neon_saddlp : Intrinsic::aarch64_neon_uaddlp,
        {wide, lanes->getType()}, {lanes});
  }
  bool is8Bit = lanes->getType()->getScalarSizeInBits() == 8;
  bool canMultiply = is8Bit ? build.target.has("ssse3") : extension == kSigned;
  return canMultiply ? addPairsByMultiplying(build, extension, lanes)
                     : addPairsByShifting(build, extension, lanes);
}

Value* extendAndMultiply(const Lowering& build, Extension extension, Value* left, Value* right,
                         Half half) {
  uint64_t bits = left->getType()->getScalarSizeInBits();
  bool isSigned = extension == kSigned;
  if (build.isX86() && bits == 8 && isSigned && half == Half::High && build.target.has("avx")) {
    return multiplyInUpperHalves(build, left, right, half);
  }
  if (build.isX86() && bits == 16) {
    return multiplyHalvesApart(build, extension, left, right, half);
  }
  return build.ir.CreateMul(extendHalf(build, extension, left, half),
                            extendHalf(build, extension, right, half));
}

}  // namespace codegen
