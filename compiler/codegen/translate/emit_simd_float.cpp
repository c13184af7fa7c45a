// Vector instructions on floats (section 4.4.3).
#include "compiler/codegen/lowering/float_arithmetic.h"
#include "compiler/codegen/lowering/float_extremum.h"
#include "compiler/codegen/lowering/float_rounding.h"
#include "compiler/codegen/translate/function_emitter.h"

namespace codegen {

using llvm::CmpInst;
using llvm::Value;

void FunctionEmitter::compareFloatLanes(const Inst& inst, CmpInst::Predicate predicate) {
  llvm::FixedVectorType* type = lanesOf(inst);
  auto [left, right] = popLanePair(type);
  Value* isTrue = builder_.CreateFCmp(predicate, numericOperand(lowering(), left),
                                      numericOperand(lowering(), right));
  pushLanes(builder_.CreateSExt(isTrue, llvm::VectorType::getInteger(type)));
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

void FunctionEmitter::unaryFloatLanes(const Inst& inst, UnaryLowering operation) {
  pushLanes(operation(lowering(), popLanes(lanesOf(inst))));
}

void FunctionEmitter::simdFsqrt(const Inst& inst) { unaryFloatLanes(inst, floatSqrt); }
void FunctionEmitter::simdFceil(const Inst& inst) { unaryFloatLanes(inst, floatCeil); }
void FunctionEmitter::simdFfloor(const Inst& inst) { unaryFloatLanes(inst, floatFloor); }
void FunctionEmitter::simdFtrunc(const Inst& inst) { unaryFloatLanes(inst, floatTrunc); }
void FunctionEmitter::simdFnearest(const Inst& inst) { unaryFloatLanes(inst, floatNearest); }

void FunctionEmitter::simdFadd(const Inst& inst) { combineLanes(lanesOf(inst), floatAdd); }
void FunctionEmitter::simdFsub(const Inst& inst) { combineLanes(lanesOf(inst), floatSub); }
void FunctionEmitter::simdFmul(const Inst& inst) { combineLanes(lanesOf(inst), floatMul); }
void FunctionEmitter::simdFdiv(const Inst& inst) { combineLanes(lanesOf(inst), floatDiv); }
void FunctionEmitter::simdFmin(const Inst& inst) { combineLanes(lanesOf(inst), floatMin); }
void FunctionEmitter::simdFmax(const Inst& inst) { combineLanes(lanesOf(inst), floatMax); }
void FunctionEmitter::simdFpmin(const Inst& inst) { combineLanes(lanesOf(inst), pseudoMin); }
void FunctionEmitter::simdFpmax(const Inst& inst) { combineLanes(lanesOf(inst), pseudoMax); }
void FunctionEmitter::relaxedMin(const Inst& inst) { combineLanes(lanesOf(inst), relaxedMinimum); }
void FunctionEmitter::relaxedMax(const Inst& inst) { combineLanes(lanesOf(inst), relaxedMaximum); }

void FunctionEmitter::multiplyAddLanes(const Inst& inst, bool isNegated) {
  llvm::FixedVectorType* type = lanesOf(inst);
  Value* addend = popLanes(type);
  Value* right = popLanes(type);
  Value* left = popLanes(type);
  if (isNegated) left = builder_.CreateFNeg(left);
  pushLanes(relaxedMultiplyAdd(lowering(), left, right, addend));
}

void FunctionEmitter::relaxedMadd(const Inst& inst) { multiplyAddLanes(inst, false); }
void FunctionEmitter::relaxedNmadd(const Inst& inst) { multiplyAddLanes(inst, true); }

}  // namespace codegen
