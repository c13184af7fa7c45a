// Integer instructions (section 4.3.2).
#include "compiler/codegen/translate/function_emitter.h"

namespace codegen {

using llvm::CmpInst;
using llvm::Value;

llvm::Type* FunctionEmitter::resultType(const Inst& inst) const {
  return type(wasm::fixedType(wasm::opcodeInfo(inst.op).signature.resultTypes[0]));
}

void FunctionEmitter::constant(const Inst& inst) {
  llvm::Type* type = resultType(inst);
  if (type->isIntegerTy()) {
    push(llvm::ConstantInt::get(type, inst.bits));
    return;
  }
  // From the bits, so that NaNs keep their payload.
  llvm::APInt bits(type->getPrimitiveSizeInBits(), inst.bits, false, true);
  push(llvm::ConstantFP::get(type, llvm::APFloat(type->getFltSemantics(), bits)));
}

void FunctionEmitter::eqz(const Inst&) {
  Value* value = pop();
  Value* comparison = comparisonIn(value);
  Value* isZero =
      comparison != nullptr ? builder_.CreateNot(comparison) : builder_.CreateIsNull(value);
  push(builder_.CreateZExt(isZero, builder_.getInt32Ty()));
}

void FunctionEmitter::compareIntegers(CmpInst::Predicate predicate) {
  Value* right = pop();
  Value* left = pop();
  push(builder_.CreateZExt(builder_.CreateICmp(predicate, left, right), builder_.getInt32Ty()));
}

void FunctionEmitter::eq(const Inst&) { compareIntegers(CmpInst::ICMP_EQ); }
void FunctionEmitter::ne(const Inst&) { compareIntegers(CmpInst::ICMP_NE); }
void FunctionEmitter::ltS(const Inst&) { compareIntegers(CmpInst::ICMP_SLT); }
void FunctionEmitter::ltU(const Inst&) { compareIntegers(CmpInst::ICMP_ULT); }
void FunctionEmitter::gtS(const Inst&) { compareIntegers(CmpInst::ICMP_SGT); }
void FunctionEmitter::gtU(const Inst&) { compareIntegers(CmpInst::ICMP_UGT); }
void FunctionEmitter::leS(const Inst&) { compareIntegers(CmpInst::ICMP_SLE); }
void FunctionEmitter::leU(const Inst&) { compareIntegers(CmpInst::ICMP_ULE); }
void FunctionEmitter::geS(const Inst&) { compareIntegers(CmpInst::ICMP_SGE); }
void FunctionEmitter::geU(const Inst&) { compareIntegers(CmpInst::ICMP_UGE); }

void FunctionEmitter::unaryIntrinsic(llvm::Intrinsic::ID id) {
  push(builder_.CreateUnaryIntrinsic(id, pop()));
}

void FunctionEmitter::binaryIntrinsic(llvm::Intrinsic::ID id) {
  Value* right = pop();
  Value* left = pop();
  push(builder_.CreateBinaryIntrinsic(id, left, right));
}

void FunctionEmitter::countZeros(llvm::Intrinsic::ID id) {
  // Zero is not poison: all bits are counted.
  push(builder_.CreateBinaryIntrinsic(id, pop(), builder_.getFalse()));
}

void FunctionEmitter::clz(const Inst&) { countZeros(llvm::Intrinsic::ctlz); }
void FunctionEmitter::ctz(const Inst&) { countZeros(llvm::Intrinsic::cttz); }
void FunctionEmitter::popcnt(const Inst&) { unaryIntrinsic(llvm::Intrinsic::ctpop); }

void FunctionEmitter::binary(llvm::Instruction::BinaryOps operation) {
  Value* right = pop();
  Value* left = pop();
  push(builder_.CreateBinOp(operation, left, right));
}

void FunctionEmitter::add(const Inst&) { binary(llvm::Instruction::Add); }
void FunctionEmitter::sub(const Inst&) { binary(llvm::Instruction::Sub); }
void FunctionEmitter::mul(const Inst&) { binary(llvm::Instruction::Mul); }
void FunctionEmitter::bitAnd(const Inst&) { binary(llvm::Instruction::And); }
void FunctionEmitter::bitOr(const Inst&) { binary(llvm::Instruction::Or); }
void FunctionEmitter::bitXor(const Inst&) { binary(llvm::Instruction::Xor); }

// Division by zero and the one overflow are undefined in LLVM, and checked before.
void FunctionEmitter::divide(llvm::Instruction::BinaryOps operation, bool canOverflow) {
  Value* divisor = pop();
  Value* dividend = pop();
  trapIf(builder_.CreateIsNull(divisor), abi::TrapCode::IntegerDivideByZero);
  if (canOverflow) {
    llvm::Type* type = divisor->getType();
    llvm::APInt least = llvm::APInt::getSignedMinValue(type->getIntegerBitWidth());
    Value* isLeast = builder_.CreateICmpEQ(dividend, llvm::ConstantInt::get(type, least));
    Value* isMinusOne = builder_.CreateICmpEQ(divisor, llvm::Constant::getAllOnesValue(type));
    trapIf(builder_.CreateAnd(isMinusOne, isLeast), abi::TrapCode::IntegerOverflow);
  }
  push(builder_.CreateBinOp(operation, dividend, divisor));
}

void FunctionEmitter::divS(const Inst&) { divide(llvm::Instruction::SDiv, true); }
void FunctionEmitter::divU(const Inst&) { divide(llvm::Instruction::UDiv, false); }
void FunctionEmitter::remU(const Inst&) { divide(llvm::Instruction::URem, false); }

// The remainder by -1 is 0 also where the quotient would overflow; by 1 it is the same.
void FunctionEmitter::remS(const Inst&) {
  Value* divisor = stack_.back();
  llvm::Type* type = divisor->getType();
  Value* isMinusOne = builder_.CreateICmpEQ(divisor, llvm::Constant::getAllOnesValue(type));
  stack_.back() = builder_.CreateSelect(isMinusOne, llvm::ConstantInt::get(type, 1), divisor);
  divide(llvm::Instruction::SRem, false);
}

// Shift counts are modulo the width; LLVM's are not.
void FunctionEmitter::shift(llvm::Instruction::BinaryOps operation) {
  Value* count = pop();
  Value* mask =
      llvm::ConstantInt::get(count->getType(), count->getType()->getIntegerBitWidth() - 1);
  push(builder_.CreateAnd(count, mask));
  binary(operation);
}

void FunctionEmitter::shl(const Inst&) { shift(llvm::Instruction::Shl); }
void FunctionEmitter::shrS(const Inst&) { shift(llvm::Instruction::AShr); }
void FunctionEmitter::shrU(const Inst&) { shift(llvm::Instruction::LShr); }

void FunctionEmitter::rotate(llvm::Intrinsic::ID funnelShift) {
  Value* count = pop();
  Value* value = pop();
  push(builder_.CreateIntrinsic(funnelShift, {value->getType()}, {value, value, count}));
}

void FunctionEmitter::rotl(const Inst&) { rotate(llvm::Intrinsic::fshl); }
void FunctionEmitter::rotr(const Inst&) { rotate(llvm::Intrinsic::fshr); }

}  // namespace codegen
