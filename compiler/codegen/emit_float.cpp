// Floating-point instructions (section 4.3.3).
#include "compiler/codegen/function_emitter.h"

namespace codegen {

using llvm::CmpInst;
using llvm::Value;

void FunctionEmitter::compareFloats(CmpInst::Predicate predicate) {
  Value* right = pop();
  Value* left = pop();
  push(builder_.CreateZExt(builder_.CreateFCmp(predicate, left, right), builder_.getInt32Ty()));
}

void FunctionEmitter::feq(const Inst&) { compareFloats(CmpInst::FCMP_OEQ); }
void FunctionEmitter::fne(const Inst&) { compareFloats(CmpInst::FCMP_UNE); }
void FunctionEmitter::flt(const Inst&) { compareFloats(CmpInst::FCMP_OLT); }
void FunctionEmitter::fgt(const Inst&) { compareFloats(CmpInst::FCMP_OGT); }
void FunctionEmitter::fle(const Inst&) { compareFloats(CmpInst::FCMP_OLE); }
void FunctionEmitter::fge(const Inst&) { compareFloats(CmpInst::FCMP_OGE); }

void FunctionEmitter::fabs(const Inst&) { unaryIntrinsic(llvm::Intrinsic::fabs); }
void FunctionEmitter::fneg(const Inst&) { push(builder_.CreateFNeg(pop())); }
void FunctionEmitter::fceil(const Inst&) { unaryIntrinsic(llvm::Intrinsic::ceil); }
void FunctionEmitter::ffloor(const Inst&) { unaryIntrinsic(llvm::Intrinsic::floor); }
void FunctionEmitter::ftrunc(const Inst&) { unaryIntrinsic(llvm::Intrinsic::trunc); }
void FunctionEmitter::fnearest(const Inst&) { unaryIntrinsic(llvm::Intrinsic::roundeven); }
void FunctionEmitter::fsqrt(const Inst&) { unaryIntrinsic(llvm::Intrinsic::sqrt); }

void FunctionEmitter::fadd(const Inst&) { binary(llvm::Instruction::FAdd); }
void FunctionEmitter::fsub(const Inst&) { binary(llvm::Instruction::FSub); }
void FunctionEmitter::fmul(const Inst&) { binary(llvm::Instruction::FMul); }
void FunctionEmitter::fdiv(const Inst&) { binary(llvm::Instruction::FDiv); }
// IEEE 754-2019 minimum and maximum: a NaN operand gives NaN, and -0 is less than +0.
void FunctionEmitter::fmin(const Inst&) { binaryIntrinsic(llvm::Intrinsic::minimum); }
void FunctionEmitter::fmax(const Inst&) { binaryIntrinsic(llvm::Intrinsic::maximum); }
void FunctionEmitter::fcopysign(const Inst&) { binaryIntrinsic(llvm::Intrinsic::copysign); }

}  // namespace codegen
