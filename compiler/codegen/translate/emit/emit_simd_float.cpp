// Vector instructions on float lanes (section 4.4.3). The lowerings are those of scalars.
#include "compiler/codegen/lowering/float_arithmetic.h"
#include "compiler/codegen/lowering/float_extremum.h"
#include "compiler/codegen/lowering/float_rounding.h"
#include "compiler/codegen/translate/builder/lanes.h"
#include "compiler/codegen/translate/emit/emitters.h"

namespace codegen::emit {
namespace {

using llvm::CmpInst;
using llvm::Value;

// Pops two vectors and pushes one whose lanes have all bits set where the predicate holds, and are
// zero elsewhere.
void compareFloatLanes(FunctionBuilder& f, const Inst& inst, CmpInst::Predicate predicate) {
  llvm::FixedVectorType* type = lanesOf(f, inst);
  auto [left, right] = popLanePair(f, type);
  Value* isTrue = f.ir.CreateFCmp(predicate, numericOperand(f.lowering(), left),
                                  numericOperand(f.lowering(), right));
  pushLanes(f, f.ir.CreateSExt(isTrue, llvm::VectorType::getInteger(type)));
}

// Pops one vector as lanes of `inst`, and pushes the result of a lowering.
void unaryFloatLanes(FunctionBuilder& f, const Inst& inst, UnaryLowering operation) {
  pushLanes(f, operation(f.lowering(), popLanes(f, lanesOf(f, inst))));
}

// Pushes left * right + addend, or -(left * right) + addend, which equals (-left) * right + addend
// also when the product is rounded.
void multiplyAddLanes(FunctionBuilder& f, const Inst& inst, bool isNegated) {
  llvm::FixedVectorType* type = lanesOf(f, inst);
  Value* addend = popLanes(f, type);
  Value* right = popLanes(f, type);
  Value* left = popLanes(f, type);
  if (isNegated) left = f.ir.CreateFNeg(left);
  pushLanes(f, relaxedMultiplyAdd(f.lowering(), left, right, addend));
}

}  // namespace

void simdFeq(FunctionBuilder& f, const Inst& inst) {
  compareFloatLanes(f, inst, CmpInst::FCMP_OEQ);
}
void simdFne(FunctionBuilder& f, const Inst& inst) {
  compareFloatLanes(f, inst, CmpInst::FCMP_UNE);
}
void simdFlt(FunctionBuilder& f, const Inst& inst) {
  compareFloatLanes(f, inst, CmpInst::FCMP_OLT);
}
void simdFgt(FunctionBuilder& f, const Inst& inst) {
  compareFloatLanes(f, inst, CmpInst::FCMP_OGT);
}
void simdFle(FunctionBuilder& f, const Inst& inst) {
  compareFloatLanes(f, inst, CmpInst::FCMP_OLE);
}
void simdFge(FunctionBuilder& f, const Inst& inst) {
  compareFloatLanes(f, inst, CmpInst::FCMP_OGE);
}

void simdFabs(FunctionBuilder& f, const Inst& inst) {
  pushLanes(f, f.ir.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, popLanes(f, lanesOf(f, inst))));
}

void simdFneg(FunctionBuilder& f, const Inst& inst) {
  pushLanes(f, f.ir.CreateFNeg(popLanes(f, lanesOf(f, inst))));
}

void simdFsqrt(FunctionBuilder& f, const Inst& inst) { unaryFloatLanes(f, inst, floatSqrt); }
void simdFceil(FunctionBuilder& f, const Inst& inst) { unaryFloatLanes(f, inst, floatCeil); }
void simdFfloor(FunctionBuilder& f, const Inst& inst) { unaryFloatLanes(f, inst, floatFloor); }
void simdFtrunc(FunctionBuilder& f, const Inst& inst) { unaryFloatLanes(f, inst, floatTrunc); }
void simdFnearest(FunctionBuilder& f, const Inst& inst) { unaryFloatLanes(f, inst, floatNearest); }
void simdFadd(FunctionBuilder& f, const Inst& inst) { combineLanes(f, inst, floatAdd); }
void simdFsub(FunctionBuilder& f, const Inst& inst) { combineLanes(f, inst, floatSub); }
void simdFmul(FunctionBuilder& f, const Inst& inst) { combineLanes(f, inst, floatMul); }
void simdFdiv(FunctionBuilder& f, const Inst& inst) { combineLanes(f, inst, floatDiv); }
void simdFmin(FunctionBuilder& f, const Inst& inst) { combineLanes(f, inst, floatMin); }
void simdFmax(FunctionBuilder& f, const Inst& inst) { combineLanes(f, inst, floatMax); }
void simdFpmin(FunctionBuilder& f, const Inst& inst) { combineLanes(f, inst, pseudoMin); }
void simdFpmax(FunctionBuilder& f, const Inst& inst) { combineLanes(f, inst, pseudoMax); }
void relaxedMin(FunctionBuilder& f, const Inst& inst) { combineLanes(f, inst, relaxedMinimum); }
void relaxedMax(FunctionBuilder& f, const Inst& inst) { combineLanes(f, inst, relaxedMaximum); }
void relaxedMadd(FunctionBuilder& f, const Inst& inst) { multiplyAddLanes(f, inst, false); }
void relaxedNmadd(FunctionBuilder& f, const Inst& inst) { multiplyAddLanes(f, inst, true); }

}  // namespace codegen::emit
