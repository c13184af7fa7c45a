// Numeric conversions (section 4.3.4, Conversions).
#include "compiler/codegen/lowering/float_arithmetic.h"
#include "compiler/codegen/translate/builder/trap_sites.h"
#include "compiler/codegen/translate/emit/emitters.h"

namespace codegen::emit {
namespace {

using llvm::APFloat;
using llvm::Value;

// Returns 2^exponent, which is exact in f32 and f64 for the exponents needed here.
llvm::Constant* powerOfTwo(llvm::Type* type, unsigned exponent) {
  APFloat value = llvm::scalbn(APFloat::getOne(type->getFltSemantics()), exponent,
                               APFloat::rmNearestTiesToEven);
  return llvm::ConstantFP::get(type, value);
}

// Returns the greatest float below the range of an integer: -1 for unsigned ones; for signed ones
// -2^(bits-1) - 1, or the next float below -2^(bits-1) where the format cannot hold that.
llvm::Constant* belowRange(llvm::Type* type, unsigned bits, bool isSigned) {
  const llvm::fltSemantics& format = type->getFltSemantics();
  APFloat value = APFloat::getOne(format, true);
  if (isSigned) {
    APFloat least = llvm::scalbn(value, bits - 1, APFloat::rmNearestTiesToEven);
    value.add(least, APFloat::rmTowardNegative);
  }
  return llvm::ConstantFP::get(type, value);
}

// Truncates to an integer, with a trap for NaNs and values out of range. In LLVM the result would
// be poison for those. A float is in range if it is strictly between the nearest floats out of
// range; both comparisons are false for a NaN. Only if the test fails, the code tests which trap
// applies.
void truncateChecked(FunctionBuilder& f, const Inst& inst, bool isSigned) {
  Value* value = numericOperand(f.lowering(), f.pop());
  llvm::Type* result = f.resultType(inst);
  unsigned bits = result->getIntegerBitWidth();
  Value* aboveLow = f.ir.CreateFCmpOGT(value, belowRange(value->getType(), bits, isSigned));
  Value* belowHigh =
      f.ir.CreateFCmpOLT(value, powerOfTwo(value->getType(), isSigned ? bits - 1 : bits));
  llvm::BasicBlock* outside = newBlock(f, "outside");
  llvm::BasicBlock* inside = newBlock(f, "");
  branchLikely(f, f.ir.CreateAnd(aboveLow, belowHigh), inside, outside);
  trapIf(f, f.ir.CreateFCmpUNO(value, value), abi::TrapCode::InvalidConversionToInteger);
  trapNow(f, abi::TrapCode::IntegerOverflow);
  startBlock(f, inside);
  f.push(isSigned ? f.ir.CreateFPToSI(value, result) : f.ir.CreateFPToUI(value, result));
}

// Truncates to an integer with saturation: the result is the nearest bound if the value is out of
// range, and 0 for a NaN.
void truncateSaturating(FunctionBuilder& f, const Inst& inst, bool isSigned) {
  Value* value = numericOperand(f.lowering(), f.pop());
  f.push(f.ir.CreateIntrinsic(isSigned ? llvm::Intrinsic::fptosi_sat : llvm::Intrinsic::fptoui_sat,
                              {f.resultType(inst), value->getType()}, {value}));
}

// Pops an operand and pushes the result of an LLVM cast. Casts from integers to floats round to
// nearest, ties to even, as WebAssembly demands.
void convert(FunctionBuilder& f, const Inst& inst, llvm::Instruction::CastOps cast) {
  f.push(f.ir.CreateCast(cast, f.pop(), f.resultType(inst)));
}

}  // namespace

void truncS(FunctionBuilder& f, const Inst& inst) { truncateChecked(f, inst, true); }
void truncU(FunctionBuilder& f, const Inst& inst) { truncateChecked(f, inst, false); }
void truncSatS(FunctionBuilder& f, const Inst& inst) { truncateSaturating(f, inst, true); }
void truncSatU(FunctionBuilder& f, const Inst& inst) { truncateSaturating(f, inst, false); }
void wrap(FunctionBuilder& f, const Inst& inst) { convert(f, inst, llvm::Instruction::Trunc); }
void extendS(FunctionBuilder& f, const Inst& inst) { convert(f, inst, llvm::Instruction::SExt); }
void extendU(FunctionBuilder& f, const Inst& inst) { convert(f, inst, llvm::Instruction::ZExt); }
void convertS(FunctionBuilder& f, const Inst& inst) { convert(f, inst, llvm::Instruction::SIToFP); }
void convertU(FunctionBuilder& f, const Inst& inst) { convert(f, inst, llvm::Instruction::UIToFP); }

void demote(FunctionBuilder& f, const Inst& inst) {
  f.push(floatDemote(f.lowering(), f.pop(), f.resultType(inst)));
}

void promote(FunctionBuilder& f, const Inst& inst) {
  f.push(floatPromote(f.lowering(), f.pop(), f.resultType(inst)));
}

void reinterpret(FunctionBuilder& f, const Inst& inst) {
  convert(f, inst, llvm::Instruction::BitCast);
}

// The extendN_s instructions (the sign-extension proposal): sign-extend the low bits of an integer.
void signExtend(FunctionBuilder& f, const Inst& inst) {
  Value* value = f.pop();
  Value* narrow = f.ir.CreateTrunc(value, f.ir.getIntNTy(wasm::opcodeInfo(inst.op).sourceBits));
  f.push(f.ir.CreateSExt(narrow, value->getType()));
}

}  // namespace codegen::emit
