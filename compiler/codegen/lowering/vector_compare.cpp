#include "compiler/codegen/lowering/vector_compare.h"

#include <llvm/IR/IntrinsicsAArch64.h>

#include "compiler/codegen/lowering/vector_parts.h"

namespace codegen {

using llvm::CmpInst;
using llvm::Value;

namespace {

bool hasLanesOf(const Value* lanes, unsigned bits) {
  return lanes->getType()->getScalarSizeInBits() == bits;
}

// Returns whether the target has no instruction for the comparison: signed lanes of 64 bits before
// SSE4.2. For constants, mostly zero, LLVM generates short code itself.
bool isWithoutInstruction(const Lowering& build, CmpInst::Predicate predicate, const Value* left,
                          const Value* right) {
  return build.isX86() && !build.target.has("sse4.2") && hasLanesOf(left, 64) &&
         CmpInst::isSigned(predicate) && !llvm::isa<llvm::Constant>(left) &&
         !llvm::isa<llvm::Constant>(right);
}

// Returns left > right for signed lanes of 64 bits. If the upper halves differ, their comparison
// decides. If not, the upper half of right - left is the borrow of the lower halves: all ones or
// zero. LLVM's own expansion also compares the lower halves, and is longer.
Value* isGreaterByHalves(const Lowering& build, Value* left, Value* right) {
  llvm::Type* halves = withNarrowerLanes(left->getType());
  Value* leftHalves = build.ir.CreateBitCast(left, halves);
  Value* rightHalves = build.ir.CreateBitCast(right, halves);
  Value* difference = build.ir.CreateBitCast(build.ir.CreateSub(right, left), halves);
  Value* isEqual = laneMask(build, CmpInst::ICMP_EQ, leftHalves, rightHalves);
  Value* isGreater = laneMask(build, CmpInst::ICMP_SGT, leftHalves, rightHalves);
  Value* decided = build.ir.CreateOr(build.ir.CreateAnd(isEqual, difference), isGreater);
  Value* upper = build.ir.CreateShuffleVector(decided, llvm::ArrayRef<int>{1, 1, 3, 3});
  return build.ir.CreateBitCast(upper, left->getType());
}

Value* compareByHalves(const Lowering& build, CmpInst::Predicate predicate, Value* left,
                       Value* right) {
  bool isSwapped = predicate == CmpInst::ICMP_SLT || predicate == CmpInst::ICMP_SGE;
  if (isSwapped) std::swap(left, right);
  Value* isGreater = isGreaterByHalves(build, left, right);
  return CmpInst::isStrictPredicate(predicate) ? isGreater : build.ir.CreateNot(isGreater);
}

// Returns the top bits of two lanes. LLVM's general expansion on AArch64, a sum of powers of two,
// is longer.
Value* bitmaskOfTwo(const Lowering& build, Value* lanes) {
  Value* signs = build.ir.CreateLShr(lanes, 63);
  Value* low = build.ir.CreateExtractElement(signs, uint64_t{0});
  Value* high = build.ir.CreateExtractElement(signs, uint64_t{1});
  Value* bits = build.ir.CreateOr(low, build.ir.CreateShl(high, 1));
  return build.ir.CreateTrunc(bits, build.ir.getInt32Ty());
}

}  // namespace

Value* laneMask(const Lowering& build, CmpInst::Predicate predicate, Value* left, Value* right) {
  if (isWithoutInstruction(build, predicate, left, right)) {
    return compareByHalves(build, predicate, left, right);
  }
  return build.ir.CreateSExt(build.ir.CreateICmp(predicate, left, right), left->getType());
}

// On AArch64 the minimum of the lanes takes fewer instructions than a reduction of i1. It is zero
// if and only if some lane is. There is no minimum across lanes of 64 bits.
Value* allTrue(const Lowering& build, Value* lanes) {
  if (build.isX86()) return build.ir.CreateAndReduce(build.ir.CreateIsNotNull(lanes));
  if (hasLanesOf(lanes, 64)) {
    llvm::Constant* zero = llvm::Constant::getNullValue(lanes->getType());
    lanes = build.ir.CreateBitCast(laneMask(build, CmpInst::ICMP_NE, lanes, zero),
                                   withNarrowerLanes(lanes->getType()));
  }
  Value* least = build.ir.CreateIntrinsic(llvm::Intrinsic::aarch64_neon_uminv,
                                          {build.ir.getInt32Ty(), lanes->getType()}, {lanes});
  return build.ir.CreateIsNotNull(build.ir.CreateTrunc(least, lanes->getType()->getScalarType()));
}

Value* bitmask(const Lowering& build, Value* lanes) {
  if (!build.isX86() && hasLanesOf(lanes, 64)) return bitmaskOfTwo(build, lanes);
  Value* isNegative = build.ir.CreateIsNeg(lanes);
  unsigned count = llvm::cast<llvm::FixedVectorType>(lanes->getType())->getNumElements();
  Value* bits = build.ir.CreateBitCast(isNegative, build.ir.getIntNTy(count));
  return build.ir.CreateZExt(bits, build.ir.getInt32Ty());
}

}  // namespace codegen
