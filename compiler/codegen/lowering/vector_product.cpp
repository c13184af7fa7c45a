#include "compiler/codegen/lowering/vector_product.h"

#include <llvm/IR/IntrinsicsAArch64.h>
#include <llvm/IR/IntrinsicsX86.h>

#include "compiler/codegen/lowering/vector_compare.h"
#include "compiler/codegen/lowering/vector_widen.h"

namespace codegen {

using llvm::ConstantInt;
using llvm::Value;
namespace Intrinsic = llvm::Intrinsic;

namespace {

constexpr Extension kSigned = llvm::Instruction::SExt;

// The sums of pairs of products on AArch64. In general IR, more additions around them would be
// reordered, and addp not be found any more.
Value* addProductPairs(const Lowering& build, Value* left, Value* right) {
  Value* low = extendAndMultiply(build, kSigned, left, right, Half::Low);
  Value* high = extendAndMultiply(build, kSigned, left, right, Half::High);
  return build.ir.CreateBinaryIntrinsic(Intrinsic::aarch64_neon_addp, low, high);
}

// pmulhrsw without SSSE3: the product's upper half, doubled, and the two bits below it, b and c:
// the first belongs to the result, the second rounds, so their sum, (2b + c) - b, is added. Only -1
// * -1 saturates, when doubling.
Value* q15ProductByHalves(const Lowering& build, Value* left, Value* right) {
  Value* lower = build.ir.CreateMul(left, right);
  Value* upper = build.ir.CreateIntrinsic(Intrinsic::x86_sse2_pmulh_w, {left, right});
  Value* doubled = build.ir.CreateBinaryIntrinsic(Intrinsic::sadd_sat, upper, upper);
  Value* nextBits =
      build.ir.CreateSub(build.ir.CreateLShr(lower, 14), build.ir.CreateLShr(lower, 15));
  return build.ir.CreateAdd(doubled, nextBits);
}

// Saturating, except with pmulhrsw.
Value* fastQ15Product(const Lowering& build, Value* left, Value* right) {
  if (!build.isX86()) {
    return build.ir.CreateBinaryIntrinsic(Intrinsic::aarch64_neon_sqrdmulh, left, right);
  }
  if (!build.target.has("ssse3")) return q15ProductByHalves(build, left, right);
  return build.ir.CreateIntrinsic(Intrinsic::x86_ssse3_pmul_hr_sw_128, {left, right});
}

// The signed and saturating dot product of 8-bit lanes, the deterministic choice, on x86-64: each
// product is the upper half of that of 16-bit lanes, which hold their factors in their upper
// halves.
Value* signedDotProductOnX86(const Lowering& build, Value* left, Value* right) {
  llvm::Type* wide = withWiderLanes(left->getType());
  Value* wideLeft = build.ir.CreateBitCast(left, wide);
  Value* wideRight = build.ir.CreateBitCast(right, wide);
  Value* even =
      build.ir.CreateIntrinsic(Intrinsic::x86_sse2_pmulh_w,
                               {build.ir.CreateShl(wideLeft, 8), build.ir.CreateShl(wideRight, 8)});
  Value* odd = build.ir.CreateIntrinsic(
      Intrinsic::x86_sse2_pmulh_w,
      {build.ir.CreateAnd(wideLeft, 0xff00), build.ir.CreateAnd(wideRight, 0xff00)});
  return build.ir.CreateBinaryIntrinsic(Intrinsic::sadd_sat, even, odd);
}

// The same on AArch64. What saturates is twice -128 * -128; where results are relaxed, that may
// give -32768 as well.
Value* signedDotProductOnAArch64(const Lowering& build, Value* left, Value* right) {
  if (!build.isDeterministic) return addProductPairs(build, left, right);
  Value* products = concatenate(build, extendAndMultiply(build, kSigned, left, right, Half::Low),
                                extendAndMultiply(build, kSigned, left, right, Half::High));
  return build.ir.CreateBinaryIntrinsic(Intrinsic::sadd_sat, evenLanes(build, products),
                                        oddLanes(build, products));
}

// The products of every four bytes added to a sum, where the CPU does that at once; else null. No
// partial sum saturates, which the specification's tests allow where a top bit is set.
Value* addedDotProduct(const Lowering& build, Value* left, Value* right, Value* sum) {
  const Target& target = build.target;
  if (!build.isX86()) {
    if (!target.has("dotprod")) return nullptr;
    return build.ir.CreateIntrinsic(Intrinsic::aarch64_neon_sdot, {sum->getType(), left->getType()},
                                    {sum, left, right});
  }
  bool hasVnni = target.has("avxvnni") || (target.has("avx512vnni") && target.has("avx512vl"));
  if (!hasVnni) return nullptr;
  return build.ir.CreateIntrinsic(Intrinsic::x86_avx512_vpdpbusd_128, {sum, right, left});
}

}  // namespace

Value* dotProduct(const Lowering& build, Value* left, Value* right) {
  if (build.isX86()) {
    return build.ir.CreateIntrinsic(Intrinsic::x86_sse2_pmadd_wd, {left, right});
  }
  return addProductPairs(build, left, right);
}

Value* q15Product(const Lowering& build, Value* left, Value* right) {
  Value* product = fastQ15Product(build, left, right);
  if (!build.isX86() || !build.target.has("ssse3")) return product;
  // pmulhrsw makes -1 of -1 * -1, and of nothing else.
  llvm::Constant* minusOne = ConstantInt::get(product->getType(), 0x8000);
  Value* overflow = laneMask(build, llvm::CmpInst::ICMP_EQ, product, minusOne);
  return build.ir.CreateXor(product, overflow);
}

Value* relaxedQ15Product(const Lowering& build, Value* left, Value* right) {
  return build.isDeterministic ? q15Product(build, left, right)
                               : fastQ15Product(build, left, right);
}

Value* relaxedDotProduct(const Lowering& build, Value* left, Value* right) {
  if (!build.isX86()) return signedDotProductOnAArch64(build, left, right);
  if (build.isDeterministic || !build.target.has("ssse3")) {
    return signedDotProductOnX86(build, left, right);
  }
  return build.ir.CreateIntrinsic(Intrinsic::x86_ssse3_pmadd_ub_sw_128, {right, left});
}

Value* relaxedDotProductAdd(const Lowering& build, Value* left, Value* right, Value* sum) {
  if (!build.isDeterministic) {
    if (Value* added = addedDotProduct(build, left, right, sum)) return added;
  }
  Value* pairs = relaxedDotProduct(build, left, right);
  return build.ir.CreateAdd(extendAndAddPairs(build, kSigned, pairs), sum);
}

}  // namespace codegen
