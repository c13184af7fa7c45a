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

// Returns the sums of pairs of products on AArch64. With generic additions, LLVM would reassociate
// them with those around them, and not select addp.
Value* addProductPairs(const Lowering& build, Value* left, Value* right) {
  Value* low = extendAndMultiply(build, kSigned, left, right, Half::Low);
  Value* high = extendAndMultiply(build, kSigned, left, right, Half::High);
  return build.ir.CreateBinaryIntrinsic(Intrinsic::aarch64_neon_addp, low, high);
}

// Replaces pmulhrsw before SSSE3. The result is (product + 2^14) >> 15: twice the upper half of the
// product, plus the two bits below that half. The upper one of these, b, belongs to the result, the
// lower one, c, rounds it. b + c is (2b + c) - b. Only the doubling for -1 * -1 saturates.
Value* q15ProductByHalves(const Lowering& build, Value* left, Value* right) {
  Value* lower = build.ir.CreateMul(left, right);
  Value* upper = build.ir.CreateIntrinsic(Intrinsic::x86_sse2_pmulh_w, {left, right});
  Value* doubled = build.ir.CreateBinaryIntrinsic(Intrinsic::sadd_sat, upper, upper);
  Value* nextBits =
      build.ir.CreateSub(build.ir.CreateLShr(lower, 14), build.ir.CreateLShr(lower, 15));
  return build.ir.CreateAdd(doubled, nextBits);
}

// Returns the product by the target's cheapest instructions. Only pmulhrsw does not saturate.
Value* fastQ15Product(const Lowering& build, Value* left, Value* right) {
  if (!build.isX86()) {
    return build.ir.CreateBinaryIntrinsic(Intrinsic::aarch64_neon_sqrdmulh, left, right);
  }
  if (!build.target.has("ssse3")) return q15ProductByHalves(build, left, right);
  return build.ir.CreateIntrinsic(Intrinsic::x86_ssse3_pmul_hr_sw_128, {left, right});
}

// Returns the signed and saturating dot product of 8-bit lanes on x86-64, which the deterministic
// profile prescribes. The factors are put into the upper halves of 16-bit lanes, whose products
// then have the wanted products in their upper 16 bits (pmulhw).
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

// Returns the same on AArch64. The only sum that saturates is that of two products of -128 and
// -128; the relaxed semantics also allows -32768 for it.
Value* signedDotProductOnAArch64(const Lowering& build, Value* left, Value* right) {
  if (!build.isDeterministic) return addProductPairs(build, left, right);
  Value* products = concatenate(build, extendAndMultiply(build, kSigned, left, right, Half::Low),
                                extendAndMultiply(build, kSigned, left, right, Half::High));
  return build.ir.CreateBinaryIntrinsic(Intrinsic::sadd_sat, evenLanes(build, products),
                                        oddLanes(build, products));
}

// Returns the products of each four bytes added to a sum, or null if the CPU has no instruction for
// that. These instructions do not saturate partial sums, which the specification's tests allow if a
// top bit is set.
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
  // pmulhrsw yields -1 (0x8000) for -1 * -1 only. The complement is the largest number.
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
