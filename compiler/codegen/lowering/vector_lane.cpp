#include "compiler/codegen/lowering/vector_lane.h"

#include <llvm/IR/IntrinsicsAArch64.h>
#include <llvm/IR/IntrinsicsX86.h>

namespace codegen {

using llvm::FixedVectorType;
using llvm::Value;
using llvm::Intrinsic::ID;

namespace {

// pshufb uses the low four bits of an index, and yields zero if the top bit is set.
Value* pshufb(const Lowering& build, Value* bytes, Value* indices) {
  return build.ir.CreateIntrinsic(llvm::Intrinsic::x86_ssse3_pshuf_b_128, {}, {bytes, indices});
}

// tbl yields zero for every index beyond the table.
Value* tbl(const Lowering& build, Value* bytes, Value* indices) {
  return build.ir.CreateIntrinsic(llvm::Intrinsic::aarch64_neon_tbl1, {bytes->getType()},
                                  {bytes, indices});
}

// SSE2 has no shuffle with variable indices. LLVM lowers extractions at variable indices to byte
// loads from a copy of the vector on the stack. These take half as many instructions as comparing
// the indices with each of the 16 possible values.
Value* swizzleByBytes(const Lowering& build, Value* bytes, Value* indices) {
  auto* type = llvm::cast<FixedVectorType>(bytes->getType());
  Value* inRange = build.ir.CreateAnd(indices, llvm::ConstantInt::get(type, 15));
  Value* result = llvm::Constant::getNullValue(type);
  for (uint64_t i = 0; i < type->getNumElements(); ++i) {
    Value* index = build.ir.CreateExtractElement(inRange, i);
    result = build.ir.CreateInsertElement(result, build.ir.CreateExtractElement(bytes, index), i);
  }
  Value* exists = build.ir.CreateICmpULT(indices, llvm::ConstantInt::get(type, 16));
  return build.ir.CreateSelect(exists, result, llvm::Constant::getNullValue(type));
}

}  // namespace

Value* swizzle(const Lowering& build, Value* bytes, Value* indices) {
  if (!build.isX86()) return tbl(build, bytes, indices);
  if (!build.target.has("ssse3")) return swizzleByBytes(build, bytes, indices);
  // Sets the top bit of every index of 16 and more, and keeps the low four bits of the others.
  Value* marked = build.ir.CreateBinaryIntrinsic(llvm::Intrinsic::uadd_sat, indices,
                                                 llvm::ConstantInt::get(indices->getType(), 0x70));
  return pshufb(build, bytes, marked);
}

Value* relaxedSwizzle(const Lowering& build, Value* bytes, Value* indices) {
  bool isOneShuffle = build.isX86() && build.target.has("ssse3") && !build.isDeterministic;
  return isOneShuffle ? pshufb(build, bytes, indices) : swizzle(build, bytes, indices);
}

Value* bitselect(const Lowering& build, Value* ifOne, Value* ifZero, Value* mask) {
  return build.ir.CreateOr(build.ir.CreateAnd(ifOne, mask),
                           build.ir.CreateAnd(ifZero, build.ir.CreateNot(mask)));
}

// SSE4.1's blends select by the top bit of each lane, which the specification allows. There is no
// blend of 16-bit lanes; there the top bit of each byte selects. AArch64 and AVX-512 have an
// instruction that selects single bits.
Value* relaxedLaneselect(const Lowering& build, Value* ifOne, Value* ifZero, Value* mask) {
  bool hasBlends = build.isX86() && build.target.has("sse4.1") && !build.target.has("avx512vl");
  if (!hasBlends || build.isDeterministic) return bitselect(build, ifOne, ifZero, mask);
  llvm::Type* lanes = mask->getType();
  llvm::Type* blended =
      lanes->getScalarSizeInBits() == 16 ? FixedVectorType::get(build.ir.getInt8Ty(), 16) : lanes;
  auto cast = [&](Value* value) { return build.ir.CreateBitCast(value, blended); };
  Value* isOne = build.ir.CreateIsNeg(cast(mask));
  return build.ir.CreateBitCast(build.ir.CreateSelect(isOne, cast(ifOne), cast(ifZero)), lanes);
}

Value* anyTrue(const Lowering& build, Value* vector) {
  if (build.isX86())
    return build.ir.CreateIsNotNull(build.ir.CreateBitCast(vector, build.ir.getInt128Ty()));
  // One move from a vector register to a general one instead of two.
  Value* words = build.ir.CreateBitCast(vector, FixedVectorType::get(build.ir.getInt32Ty(), 4));
  return build.ir.CreateIsNotNull(build.ir.CreateIntMaxReduce(words, false));
}

}  // namespace codegen
