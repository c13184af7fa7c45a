// Integer instructions (section 4.3.2, Integer Operations).
#include "compiler/codegen/translate/builder/trap_sites.h"
#include "compiler/codegen/translate/emit/emitters.h"

namespace codegen::emit {
namespace {

using llvm::CmpInst;
using llvm::Value;

// Pops two integers and pushes the i32 1 if the predicate holds, else 0.
void compareIntegers(FunctionBuilder& f, CmpInst::Predicate predicate) {
  Value* right = f.pop();
  Value* left = f.pop();
  pushCondition(f, f.ir.CreateICmp(predicate, left, right));
}

// Pops an integer and pushes the number of its leading or trailing zeros (ctlz, cttz).
void countZeros(FunctionBuilder& f, llvm::Intrinsic::ID id) {
  // The second operand of the intrinsics tells whether the result for zero is poison. In
  // WebAssembly it is the width.
  f.push(f.ir.CreateBinaryIntrinsic(id, f.pop(), f.ir.getFalse()));
}

// In LLVM a division by zero is undefined behavior, as is the only division that overflows, of the
// least signed value by -1. In WebAssembly both trap.
void divide(FunctionBuilder& f, llvm::Instruction::BinaryOps operation, bool canOverflow) {
  Value* divisor = f.pop();
  Value* dividend = f.pop();
  trapIf(f, f.ir.CreateIsNull(divisor), abi::TrapCode::IntegerDivideByZero);
  if (canOverflow) {
    llvm::Type* type = divisor->getType();
    llvm::APInt least = llvm::APInt::getSignedMinValue(type->getIntegerBitWidth());
    Value* isLeast = f.ir.CreateICmpEQ(dividend, llvm::ConstantInt::get(type, least));
    Value* isMinusOne = f.ir.CreateICmpEQ(divisor, llvm::Constant::getAllOnesValue(type));
    trapIf(f, f.ir.CreateAnd(isMinusOne, isLeast), abi::TrapCode::IntegerOverflow);
  }
  f.push(f.ir.CreateBinOp(operation, dividend, divisor));
}

// Shift counts are modulo the width. In LLVM a count of at least the width yields poison. Targets
// whose shifts are modulo the width need no instruction for the mask.
void shift(FunctionBuilder& f, llvm::Instruction::BinaryOps operation) {
  Value* count = f.pop();
  Value* mask =
      llvm::ConstantInt::get(count->getType(), count->getType()->getIntegerBitWidth() - 1);
  f.push(f.ir.CreateAnd(count, mask));
  binaryOperation(f, operation);
}

// A rotation is a funnel shift of the value with itself. Its count is modulo the width in LLVM,
// too.
void rotate(FunctionBuilder& f, llvm::Intrinsic::ID funnelShift) {
  Value* count = f.pop();
  Value* value = f.pop();
  f.push(f.ir.CreateIntrinsic(funnelShift, {value->getType()}, {value, value, count}));
}

}  // namespace

void constant(FunctionBuilder& f, const Inst& inst) {
  llvm::Type* type = f.resultType(inst);
  if (type->isIntegerTy()) {
    f.push(llvm::ConstantInt::get(type, inst.bits));
    return;
  }
  // The constant is created from its bits, so that NaNs keep sign and payload.
  llvm::APInt bits(type->getPrimitiveSizeInBits(), inst.bits, false, true);
  f.push(llvm::ConstantFP::get(type, llvm::APFloat(type->getFltSemantics(), bits)));
}

// The negation of a comparison stays an i1, which keeps chains of `eqz` and branches short.
void eqz(FunctionBuilder& f, const Inst&) {
  Value* value = f.pop();
  Value* comparison = conditionIn(value);
  Value* isZero = comparison != nullptr ? f.ir.CreateNot(comparison) : f.ir.CreateIsNull(value);
  pushCondition(f, isZero);
}

void eq(FunctionBuilder& f, const Inst&) { compareIntegers(f, CmpInst::ICMP_EQ); }
void ne(FunctionBuilder& f, const Inst&) { compareIntegers(f, CmpInst::ICMP_NE); }
void ltS(FunctionBuilder& f, const Inst&) { compareIntegers(f, CmpInst::ICMP_SLT); }
void ltU(FunctionBuilder& f, const Inst&) { compareIntegers(f, CmpInst::ICMP_ULT); }
void gtS(FunctionBuilder& f, const Inst&) { compareIntegers(f, CmpInst::ICMP_SGT); }
void gtU(FunctionBuilder& f, const Inst&) { compareIntegers(f, CmpInst::ICMP_UGT); }
void leS(FunctionBuilder& f, const Inst&) { compareIntegers(f, CmpInst::ICMP_SLE); }
void leU(FunctionBuilder& f, const Inst&) { compareIntegers(f, CmpInst::ICMP_ULE); }
void geS(FunctionBuilder& f, const Inst&) { compareIntegers(f, CmpInst::ICMP_SGE); }
void geU(FunctionBuilder& f, const Inst&) { compareIntegers(f, CmpInst::ICMP_UGE); }
void clz(FunctionBuilder& f, const Inst&) { countZeros(f, llvm::Intrinsic::ctlz); }
void ctz(FunctionBuilder& f, const Inst&) { countZeros(f, llvm::Intrinsic::cttz); }
void popcnt(FunctionBuilder& f, const Inst&) { unaryIntrinsic(f, llvm::Intrinsic::ctpop); }
void add(FunctionBuilder& f, const Inst&) { binaryOperation(f, llvm::Instruction::Add); }
void sub(FunctionBuilder& f, const Inst&) { binaryOperation(f, llvm::Instruction::Sub); }
void mul(FunctionBuilder& f, const Inst&) { binaryOperation(f, llvm::Instruction::Mul); }
void bitAnd(FunctionBuilder& f, const Inst&) { binaryOperation(f, llvm::Instruction::And); }
void bitOr(FunctionBuilder& f, const Inst&) { binaryOperation(f, llvm::Instruction::Or); }
void bitXor(FunctionBuilder& f, const Inst&) { binaryOperation(f, llvm::Instruction::Xor); }
void divS(FunctionBuilder& f, const Inst&) { divide(f, llvm::Instruction::SDiv, true); }
void divU(FunctionBuilder& f, const Inst&) { divide(f, llvm::Instruction::UDiv, false); }
void remU(FunctionBuilder& f, const Inst&) { divide(f, llvm::Instruction::URem, false); }

// The remainder by -1 is 0, also if the quotient would overflow, which is undefined behavior in
// LLVM. The remainder by 1 has the same value.
void remS(FunctionBuilder& f, const Inst&) {
  Value* divisor = f.stack.top();
  llvm::Type* type = divisor->getType();
  Value* isMinusOne = f.ir.CreateICmpEQ(divisor, llvm::Constant::getAllOnesValue(type));
  f.stack.top() = f.ir.CreateSelect(isMinusOne, llvm::ConstantInt::get(type, 1), divisor);
  divide(f, llvm::Instruction::SRem, false);
}

void shl(FunctionBuilder& f, const Inst&) { shift(f, llvm::Instruction::Shl); }
void shrS(FunctionBuilder& f, const Inst&) { shift(f, llvm::Instruction::AShr); }
void shrU(FunctionBuilder& f, const Inst&) { shift(f, llvm::Instruction::LShr); }
void rotl(FunctionBuilder& f, const Inst&) { rotate(f, llvm::Intrinsic::fshl); }
void rotr(FunctionBuilder& f, const Inst&) { rotate(f, llvm::Intrinsic::fshr); }

}  // namespace codegen::emit
