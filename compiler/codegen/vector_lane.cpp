#include "compiler/codegen/vector_lane.h"

#include <llvm/IR/IntrinsicsAArch64.h>
#include <llvm/IR/IntrinsicsX86.h>

namespace codegen {

using llvm::FixedVectorType;
using llvm::Value;
using llvm::Intrinsic::ID;

namespace {

// pshufb looks at the low four bits of an index, and makes zero where the top bit is set.
Value* pshufb(const VectorBuilder& b, Value* bytes, Value* indices) {
  return b.ir.CreateIntrinsic(llvm::Intrinsic::x86_ssse3_pshuf_b_128, {}, {bytes, indices});
}

// tbl makes zero of every index beyond the table.
Value* tbl(const VectorBuilder& b, Value* bytes, Value* indices) {
  return b.ir.CreateIntrinsic(llvm::Intrinsic::aarch64_neon_tbl1, {bytes->getType()},
                              {bytes, indices});
}

// SSE2 has no shuffle by a variable. Byte loads at the indices from a copy on the stack, which LLVM
// makes of extractions by a variable, take half the instructions of comparing the indices with
// each of the 16 that there are.
Value* swizzleByBytes(const VectorBuilder& b, Value* bytes, Value* indices) {
  auto* type = llvm::cast<FixedVectorType>(bytes->getType());
  Value* inRange = b.ir.CreateAnd(indices, llvm::ConstantInt::get(type, 15));
  Value* result = llvm::Constant::getNullValue(type);
  for (uint64_t i = 0; i < type->getNumElements(); ++i) {
    Value* index = b.ir.CreateExtractElement(inRange, i);
    result = b.ir.CreateInsertElement(result, b.ir.CreateExtractElement(bytes, index), i);
  }
  Value* exists = b.ir.CreateICmpULT(indices, llvm::ConstantInt::get(type, 16));
  return b.ir.CreateSelect(exists, result, llvm::Constant::getNullValue(type));
}

}  // namespace

Value* swizzle(const VectorBuilder& b, Value* bytes, Value* indices) {
  if (!b.isX86()) return tbl(b, bytes, indices);
  if (!b.target.has("ssse3")) return swizzleByBytes(b, bytes, indices);
  // Puts the top bit into every index from 16 on, and leaves the low four of the others.
  Value* marked = b.ir.CreateBinaryIntrinsic(llvm::Intrinsic::uadd_sat, indices,
                                             llvm::ConstantInt::get(indices->getType(), 0x70));
  return pshufb(b, bytes, marked);
}

Value* relaxedSwizzle(const VectorBuilder& b, Value* bytes, Value* indices) {
  bool isOneShuffle = b.isX86() && b.target.has("ssse3") && !b.isDeterministic;
  return isOneShuffle ? pshufb(b, bytes, indices) : swizzle(b, bytes, indices);
}

Value* bitselect(const VectorBuilder& b, Value* ifOne, Value* ifZero, Value* mask) {
  return b.ir.CreateOr(b.ir.CreateAnd(ifOne, mask), b.ir.CreateAnd(ifZero, b.ir.CreateNot(mask)));
}

// The top bit of each lane may select, or for lanes of 16 bits that of each byte, which is what
// SSE4.1's blends do (there is none of 16 bits). AArch64 and AVX-512 select by bits in one
// instruction.
Value* relaxedLaneselect(const VectorBuilder& b, Value* ifOne, Value* ifZero, Value* mask) {
  bool hasBlends = b.isX86() && b.target.has("sse4.1") && !b.target.has("avx512vl");
  if (!hasBlends || b.isDeterministic) return bitselect(b, ifOne, ifZero, mask);
  llvm::Type* lanes = mask->getType();
  llvm::Type* blended =
      lanes->getScalarSizeInBits() == 16 ? FixedVectorType::get(b.ir.getInt8Ty(), 16) : lanes;
  auto cast = [&](Value* value) { return b.ir.CreateBitCast(value, blended); };
  Value* isOne = b.ir.CreateIsNeg(cast(mask));
  return b.ir.CreateBitCast(b.ir.CreateSelect(isOne, cast(ifOne), cast(ifZero)), lanes);
}

Value* anyTrue(const VectorBuilder& b, Value* vector) {
  if (b.isX86()) return b.ir.CreateIsNotNull(b.ir.CreateBitCast(vector, b.ir.getInt128Ty()));
  // One move out of the vector's register instead of two.
  Value* words = b.ir.CreateBitCast(vector, FixedVectorType::get(b.ir.getInt32Ty(), 4));
  return b.ir.CreateIsNotNull(b.ir.CreateIntMaxReduce(words, false));
}

}  // namespace codegen
