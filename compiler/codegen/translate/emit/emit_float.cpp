// Floating-point instructions (section 4.3.3, Floating-Point Operations). Lowerings handle NaNs;
// instructions without one operate on the bits or have a result that is no float.
#include "compiler/codegen/lowering/float_arithmetic.h"
#include "compiler/codegen/lowering/float_extremum.h"
#include "compiler/codegen/lowering/float_rounding.h"
#include "compiler/codegen/translate/emit/emitters.h"

namespace codegen::emit {
namespace {

using llvm::CmpInst;
using llvm::Value;

// Pops two floats and pushes the i32 1 if the predicate holds, else 0. A NaN is unequal to every
// float and neither less nor greater, so all predicates but `ne` are ordered ones.
void compareFloats(FunctionBuilder& f, CmpInst::Predicate predicate) {
  Value* right = numericOperand(f.lowering(), f.pop());
  Value* left = numericOperand(f.lowering(), f.pop());
  pushCondition(f, f.ir.CreateFCmp(predicate, left, right));
}

// Pop the operands of a lowering, the right one first, and push its result (lowering.h).
void unaryFloat(FunctionBuilder& f, UnaryLowering operation) {
  f.push(operation(f.lowering(), f.pop()));
}

void binaryFloat(FunctionBuilder& f, BinaryLowering operation) {
  Value* right = f.pop();
  Value* left = f.pop();
  f.push(operation(f.lowering(), left, right));
}

}  // namespace

void feq(FunctionBuilder& f, const Inst&) { compareFloats(f, CmpInst::FCMP_OEQ); }
void fne(FunctionBuilder& f, const Inst&) { compareFloats(f, CmpInst::FCMP_UNE); }
void flt(FunctionBuilder& f, const Inst&) { compareFloats(f, CmpInst::FCMP_OLT); }
void fgt(FunctionBuilder& f, const Inst&) { compareFloats(f, CmpInst::FCMP_OGT); }
void fle(FunctionBuilder& f, const Inst&) { compareFloats(f, CmpInst::FCMP_OLE); }
void fge(FunctionBuilder& f, const Inst&) { compareFloats(f, CmpInst::FCMP_OGE); }
void fabs(FunctionBuilder& f, const Inst&) { unaryIntrinsic(f, llvm::Intrinsic::fabs); }
void fneg(FunctionBuilder& f, const Inst&) { f.push(f.ir.CreateFNeg(f.pop())); }
void fcopysign(FunctionBuilder& f, const Inst&) { binaryIntrinsic(f, llvm::Intrinsic::copysign); }
void fceil(FunctionBuilder& f, const Inst&) { unaryFloat(f, floatCeil); }
void ffloor(FunctionBuilder& f, const Inst&) { unaryFloat(f, floatFloor); }
void ftrunc(FunctionBuilder& f, const Inst&) { unaryFloat(f, floatTrunc); }
void fnearest(FunctionBuilder& f, const Inst&) { unaryFloat(f, floatNearest); }
void fsqrt(FunctionBuilder& f, const Inst&) { unaryFloat(f, floatSqrt); }
void fadd(FunctionBuilder& f, const Inst&) { binaryFloat(f, floatAdd); }
void fsub(FunctionBuilder& f, const Inst&) { binaryFloat(f, floatSub); }
void fmul(FunctionBuilder& f, const Inst&) { binaryFloat(f, floatMul); }
void fdiv(FunctionBuilder& f, const Inst&) { binaryFloat(f, floatDiv); }
void fmin(FunctionBuilder& f, const Inst&) { binaryFloat(f, floatMin); }
void fmax(FunctionBuilder& f, const Inst&) { binaryFloat(f, floatMax); }

}  // namespace codegen::emit
