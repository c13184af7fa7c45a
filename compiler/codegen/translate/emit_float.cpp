// Floating-point instructions (section 4.3.3).
#include "compiler/codegen/lowering/float_arithmetic.h"
#include "compiler/codegen/lowering/float_extremum.h"
#include "compiler/codegen/lowering/float_rounding.h"
#include "compiler/codegen/translate/function_emitter.h"

namespace codegen {

using llvm::CmpInst;
using llvm::Value;

void FunctionEmitter::compareFloats(CmpInst::Predicate predicate) {
  Value* right = numericOperand(lowering(), pop());
  Value* left = numericOperand(lowering(), pop());
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
void FunctionEmitter::fcopysign(const Inst&) { binaryIntrinsic(llvm::Intrinsic::copysign); }

void FunctionEmitter::unaryFloat(UnaryLowering operation) { push(operation(lowering(), pop())); }

void FunctionEmitter::fceil(const Inst&) { unaryFloat(floatCeil); }
void FunctionEmitter::ffloor(const Inst&) { unaryFloat(floatFloor); }
void FunctionEmitter::ftrunc(const Inst&) { unaryFloat(floatTrunc); }
void FunctionEmitter::fnearest(const Inst&) { unaryFloat(floatNearest); }
void FunctionEmitter::fsqrt(const Inst&) { unaryFloat(floatSqrt); }

void FunctionEmitter::binaryFloat(BinaryLowering operation) {
  Value* right = pop();
  Value* left = pop();
  push(operation(lowering(), left, right));
}

void FunctionEmitter::fadd(const Inst&) { binaryFloat(floatAdd); }
void FunctionEmitter::fsub(const Inst&) { binaryFloat(floatSub); }
void FunctionEmitter::fmul(const Inst&) { binaryFloat(floatMul); }
void FunctionEmitter::fdiv(const Inst&) { binaryFloat(floatDiv); }
void FunctionEmitter::fmin(const Inst&) { binaryFloat(floatMin); }
void FunctionEmitter::fmax(const Inst&) { binaryFloat(floatMax); }

}  // namespace codegen
