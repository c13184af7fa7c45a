// Conversions (section 4.3.4).
#include "compiler/codegen/lowering/float_arithmetic.h"
#include "compiler/codegen/translate/function_emitter.h"

namespace codegen {

using llvm::APFloat;
using llvm::Value;

namespace {

// 2^exponent, exact in every format that is asked for.
llvm::Constant* powerOfTwo(llvm::Type* type, unsigned exponent) {
  APFloat value = llvm::scalbn(APFloat::getOne(type->getFltSemantics()), exponent,
                               APFloat::rmNearestTiesToEven);
  return llvm::ConstantFP::get(type, value);
}

// The greatest float below the range's lower end: -1 for unsigned; for signed -2^(bits-1) - 1, or
// the next float below -2^(bits-1) where the format cannot hold that.
llvm::Constant* belowRange(llvm::Type* type, unsigned bits, bool isSigned) {
  const llvm::fltSemantics& format = type->getFltSemantics();
  APFloat value = APFloat::getOne(format, true);
  if (isSigned) {
    APFloat least = llvm::scalbn(value, bits - 1, APFloat::rmNearestTiesToEven);
    value.add(least, APFloat::rmTowardNegative);
  }
  return llvm::ConstantFP::get(type, value);
}

}  // namespace

// In range means: strictly between the two floats just outside. A NaN is neither; which of the two
// traps it is, is only asked when the fast compare failed.
void FunctionEmitter::truncateChecked(const Inst& inst, bool isSigned) {
  Value* value = numericOperand(lowering(), pop());
  llvm::Type* result = resultType(inst);
  unsigned bits = result->getIntegerBitWidth();
  Value* aboveLow = builder_.CreateFCmpOGT(value, belowRange(value->getType(), bits, isSigned));
  Value* belowHigh =
      builder_.CreateFCmpOLT(value, powerOfTwo(value->getType(), isSigned ? bits - 1 : bits));
  llvm::BasicBlock* outside = newBlock("outside");
  llvm::BasicBlock* inside = newBlock("");
  builder_.CreateCondBr(builder_.CreateAnd(aboveLow, belowHigh), inside, outside,
                        llvm::MDBuilder(module_.context()).createLikelyBranchWeights());
  startBlock(outside);
  trapIf(builder_.CreateFCmpUNO(value, value), abi::TrapCode::InvalidConversionToInteger);
  trapNow(abi::TrapCode::IntegerOverflow);
  startBlock(inside);
  push(isSigned ? builder_.CreateFPToSI(value, result) : builder_.CreateFPToUI(value, result));
}

void FunctionEmitter::truncS(const Inst& inst) { truncateChecked(inst, true); }
void FunctionEmitter::truncU(const Inst& inst) { truncateChecked(inst, false); }

void FunctionEmitter::truncateSaturating(const Inst& inst, bool isSigned) {
  Value* value = numericOperand(lowering(), pop());
  push(
      builder_.CreateIntrinsic(isSigned ? llvm::Intrinsic::fptosi_sat : llvm::Intrinsic::fptoui_sat,
                               {resultType(inst), value->getType()}, {value}));
}

void FunctionEmitter::truncSatS(const Inst& inst) { truncateSaturating(inst, true); }
void FunctionEmitter::truncSatU(const Inst& inst) { truncateSaturating(inst, false); }

void FunctionEmitter::convert(const Inst& inst, llvm::Instruction::CastOps cast) {
  push(builder_.CreateCast(cast, pop(), resultType(inst)));
}

void FunctionEmitter::wrap(const Inst& inst) { convert(inst, llvm::Instruction::Trunc); }
void FunctionEmitter::extendS(const Inst& inst) { convert(inst, llvm::Instruction::SExt); }
void FunctionEmitter::extendU(const Inst& inst) { convert(inst, llvm::Instruction::ZExt); }
void FunctionEmitter::convertS(const Inst& inst) { convert(inst, llvm::Instruction::SIToFP); }
void FunctionEmitter::convertU(const Inst& inst) { convert(inst, llvm::Instruction::UIToFP); }

void FunctionEmitter::demote(const Inst& inst) {
  push(floatDemote(lowering(), pop(), resultType(inst)));
}

void FunctionEmitter::promote(const Inst& inst) {
  push(floatPromote(lowering(), pop(), resultType(inst)));
}

void FunctionEmitter::reinterpret(const Inst& inst) { convert(inst, llvm::Instruction::BitCast); }

void FunctionEmitter::signExtend(const Inst& inst) {
  Value* value = pop();
  Value* narrow =
      builder_.CreateTrunc(value, builder_.getIntNTy(wasm::opcodeInfo(inst.op).sourceBits));
  push(builder_.CreateSExt(narrow, value->getType()));
}

}  // namespace codegen
