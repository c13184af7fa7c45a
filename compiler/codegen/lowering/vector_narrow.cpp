#include "compiler/codegen/lowering/vector_narrow.h"

#include <llvm/IR/IntrinsicsX86.h>

#include "compiler/codegen/lowering/vector_parts.h"

namespace codegen {

using llvm::APInt;
using llvm::ConstantInt;
using llvm::Value;
namespace Intrinsic = llvm::Intrinsic;

namespace {

// The replacement of packusdw, which is SSE4.1, by packssdw: negative lanes become zero, then the
// unsigned range is moved down to the signed one, and back after the packing.
Value* packUnsignedBySigned(const Lowering& build, Value* low, Value* high) {
  auto lowered = [&](Value* lanes) {
    Value* isNegative = build.ir.CreateAShr(lanes, 31);
    Value* natural = build.ir.CreateAnd(lanes, build.ir.CreateNot(isNegative));
    return build.ir.CreateSub(natural, ConstantInt::get(lanes->getType(), 0x8000));
  };
  Value* packed =
      build.ir.CreateIntrinsic(Intrinsic::x86_sse2_packssdw_128, {lowered(low), lowered(high)});
  return build.ir.CreateXor(packed, ConstantInt::get(packed->getType(), 0x8000));
}

Value* narrowOnX86(const Lowering& build, bool isSigned, Value* low, Value* high) {
  bool is16Bit = low->getType()->getScalarSizeInBits() == 16;
  if (!is16Bit && !isSigned && !build.target.has("sse4.1")) {
    return packUnsignedBySigned(build, low, high);
  }
  Intrinsic::ID toSigned =
      is16Bit ? Intrinsic::x86_sse2_packsswb_128 : Intrinsic::x86_sse2_packssdw_128;
  Intrinsic::ID toUnsigned =
      is16Bit ? Intrinsic::x86_sse2_packuswb_128 : Intrinsic::x86_sse41_packusdw;
  return build.ir.CreateIntrinsic(isSigned ? toSigned : toUnsigned, {low, high});
}

}  // namespace

// LLVM recognizes the generic form on x86-64 as well, but with AVX-512 it generates vectors of 256
// bits for it.
Value* narrow(const Lowering& build, bool isSigned, Value* low, Value* high) {
  if (build.isX86()) return narrowOnX86(build, isSigned, low, high);
  Value* lanes = concatenate(build, low, high);
  llvm::FixedVectorType* narrowType = withNarrowerLanes(low->getType());
  unsigned bits = low->getType()->getScalarSizeInBits();
  unsigned narrowBits = bits / 2;
  APInt least = isSigned ? APInt::getSignedMinValue(narrowBits).sext(bits) : APInt(bits, 0);
  APInt greatest = isSigned ? APInt::getSignedMaxValue(narrowBits).sext(bits)
                            : APInt::getMaxValue(narrowBits).zext(bits);
  Value* atLeast = build.ir.CreateBinaryIntrinsic(Intrinsic::smax, lanes,
                                                  ConstantInt::get(lanes->getType(), least));
  Value* between = build.ir.CreateBinaryIntrinsic(Intrinsic::smin, atLeast,
                                                  ConstantInt::get(lanes->getType(), greatest));
  return build.ir.CreateTrunc(between, narrowType);
}

}  // namespace codegen
