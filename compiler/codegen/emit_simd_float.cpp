// Vector instructions on floats (section 4.4.3).
#include "compiler/codegen/float_arithmetic.h"
#include "compiler/codegen/float_extremum.h"
#include "compiler/codegen/float_rounding.h"
#include "compiler/codegen/function_emitter.h"

namespace codegen {

using llvm::CmpInst;
using llvm::Value;

void FunctionEmitter::compareFloatLanes(const Inst& inst, CmpInst::Predicate predicate) {
  llvm::FixedVectorType* type = lanesOf(inst);
  Value* right = numericOperand(vectors(), popLanes(type));
  Value* left = numericOperand(vectors(), popLanes(type));
  pushLanes(builder_.CreateSExt(builder_.CreateFCmp(predicate, left, right),
                                llvm::VectorType::getInteger(type)));
}

void FunctionEmitter::simdFeq(const Inst& inst) { compareFloatLanes(inst, CmpInst::FCMP_OEQ); }
void FunctionEmitter::simdFne(const Inst& inst) { compareFloatLanes(inst, CmpInst::FCMP_UNE); }
void FunctionEmitter::simdFlt(const Inst& inst) { compareFloatLanes(inst, CmpInst::FCMP_OLT); }
void FunctionEmitter::simdFgt(const Inst& inst) { compareFloatLanes(inst, CmpInst::FCMP_OGT); }
void FunctionEmitter::simdFle(const Inst& inst) { compareFloatLanes(inst, CmpInst::FCMP_OLE); }
void FunctionEmitter::simdFge(const Inst& inst) { compareFloatLanes(inst, CmpInst::FCMP_OGE); }

void FunctionEmitter::simdFabs(const Inst& inst) {
  pushLanes(builder_.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, popLanes(lanesOf(inst))));
}

void FunctionEmitter::simdFneg(const Inst& inst) {
  pushLanes(builder_.CreateFNeg(popLanes(lanesOf(inst))));
}

void FunctionEmitter::unaryFloatLanes(const Inst& inst, UnaryFloat operation) {
  pushLanes(operation(vectors(), popLanes(lanesOf(inst))));
}

void FunctionEmitter::simdFsqrt(const Inst& inst) { unaryFloatLanes(inst, floatSqrt); }
void FunctionEmitter::simdFceil(const Inst& inst) { unaryFloatLanes(inst, floatCeil); }
void FunctionEmitter::simdFfloor(const Inst& inst) { unaryFloatLanes(inst, floatFloor); }
void FunctionEmitter::simdFtrunc(const Inst& inst) { unaryFloatLanes(inst, floatTrunc); }
void FunctionEmitter::simdFnearest(const Inst& inst) { unaryFloatLanes(inst, floatNearest); }

void FunctionEmitter::binaryFloatLanes(const Inst& inst, BinaryFloat operation) {
  Value* right = popLanes(lanesOf(inst));
  Value* left = popLanes(lanesOf(inst));
  pushLanes(operation(vectors(), left, right));
}

void FunctionEmitter::simdFadd(const Inst& inst) { binaryFloatLanes(inst, floatAdd); }
void FunctionEmitter::simdFsub(const Inst& inst) { binaryFloatLanes(inst, floatSub); }
void FunctionEmitter::simdFmul(const Inst& inst) { binaryFloatLanes(inst, floatMul); }
void FunctionEmitter::simdFdiv(const Inst& inst) { binaryFloatLanes(inst, floatDiv); }
void FunctionEmitter::simdFmin(const Inst& inst) { binaryFloatLanes(inst, floatMin); }
void FunctionEmitter::simdFmax(const Inst& inst) { binaryFloatLanes(inst, floatMax); }
void FunctionEmitter::simdFpmin(const Inst& inst) { binaryFloatLanes(inst, pseudoMin); }
void FunctionEmitter::simdFpmax(const Inst& inst) { binaryFloatLanes(inst, pseudoMax); }
void FunctionEmitter::relaxedMin(const Inst& inst) { binaryFloatLanes(inst, relaxedMinimum); }
void FunctionEmitter::relaxedMax(const Inst& inst) { binaryFloatLanes(inst, relaxedMaximum); }

void FunctionEmitter::multiplyAddLanes(const Inst& inst, bool isNegated) {
  llvm::FixedVectorType* type = lanesOf(inst);
  Value* addend = popLanes(type);
  Value* right = popLanes(type);
  Value* left = popLanes(type);
  if (isNegated) left = builder_.CreateFNeg(left);
  pushLanes(relaxedMultiplyAdd(vectors(), left, right, addend));
}

void FunctionEmitter::relaxedMadd(const Inst& inst) { multiplyAddLanes(inst, false); }
void FunctionEmitter::relaxedNmadd(const Inst& inst) { multiplyAddLanes(inst, true); }

}  // namespace codegen
