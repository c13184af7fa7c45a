// Vector instructions for integer arithmetic on lanes (section 4.4.3).
#include "compiler/codegen/lowering/vector_integer.h"
#include "compiler/codegen/lowering/vector_narrow.h"
#include "compiler/codegen/lowering/vector_product.h"
#include "compiler/codegen/lowering/vector_widen.h"
#include "compiler/codegen/translate/builder/lanes.h"
#include "compiler/codegen/translate/emit/emitters.h"

namespace codegen::emit {
namespace {

using llvm::Instruction;
using llvm::Value;
namespace Intrinsic = llvm::Intrinsic;

// Pops an i32, the count for all lanes, and a vector, and pushes the shifted lanes.
void shiftBy(FunctionBuilder& f, const Inst& inst, Instruction::BinaryOps operation) {
  Value* count = f.pop();
  pushLanes(f, shiftLanes(f.lowering(), operation, popLanes(f, lanesOf(f, inst)), count));
}

// The keyword names the lanes of the result first; those of the operands are twice as wide.
void narrowLanes(FunctionBuilder& f, const Inst& inst, bool isSigned) {
  auto [low, high] = popLanePair(f, withWiderLanes(lanesOf(f, inst)));
  pushLanes(f, narrow(f.lowering(), isSigned, low, high));
}

// The keyword names the lanes of the result first; those of the operand are half as wide.
void extendLanes(FunctionBuilder& f, const Inst& inst, Instruction::CastOps extension, Half half) {
  Value* lanes = popLanes(f, withNarrowerLanes(lanesOf(f, inst)));
  pushLanes(f, extendHalf(f.lowering(), extension, lanes, half));
}

// Pops two vectors of narrow lanes and pushes the products of the lanes of one half, extended.
void multiplyExtended(FunctionBuilder& f, const Inst& inst, Instruction::CastOps extension,
                      Half half) {
  auto [left, right] = popLanePair(f, withNarrowerLanes(lanesOf(f, inst)));
  pushLanes(f, extendAndMultiply(f.lowering(), extension, left, right, half));
}

}  // namespace

void simdAdd(FunctionBuilder& f, const Inst& inst) { combineLanes(f, inst, Instruction::Add); }
void simdSub(FunctionBuilder& f, const Inst& inst) { combineLanes(f, inst, Instruction::Sub); }
void simdMul(FunctionBuilder& f, const Inst& inst) { combineLanes(f, inst, multiplyLanes); }
void simdAddSatS(FunctionBuilder& f, const Inst& inst) {
  combineLanes(f, inst, Intrinsic::sadd_sat);
}
void simdAddSatU(FunctionBuilder& f, const Inst& inst) {
  combineLanes(f, inst, Intrinsic::uadd_sat);
}
void simdSubSatS(FunctionBuilder& f, const Inst& inst) {
  combineLanes(f, inst, Intrinsic::ssub_sat);
}
void simdSubSatU(FunctionBuilder& f, const Inst& inst) {
  combineLanes(f, inst, Intrinsic::usub_sat);
}
void simdMinS(FunctionBuilder& f, const Inst& inst) { combineLanes(f, inst, Intrinsic::smin); }
void simdMinU(FunctionBuilder& f, const Inst& inst) { combineLanes(f, inst, Intrinsic::umin); }
void simdMaxS(FunctionBuilder& f, const Inst& inst) { combineLanes(f, inst, Intrinsic::smax); }
void simdMaxU(FunctionBuilder& f, const Inst& inst) { combineLanes(f, inst, Intrinsic::umax); }
void simdAvgrU(FunctionBuilder& f, const Inst& inst) { combineLanes(f, inst, averageRoundedUp); }

void simdAbs(FunctionBuilder& f, const Inst& inst) {
  // The absolute value of the least signed value is out of range. `false` means that the result is
  // the value itself, as in WebAssembly, not poison.
  pushLanes(f, f.ir.CreateBinaryIntrinsic(Intrinsic::abs, popLanes(f, lanesOf(f, inst)),
                                          f.ir.getFalse()));
}

void simdNeg(FunctionBuilder& f, const Inst& inst) {
  pushLanes(f, f.ir.CreateNeg(popLanes(f, lanesOf(f, inst))));
}

void simdPopcnt(FunctionBuilder& f, const Inst& inst) {
  pushLanes(f, f.ir.CreateUnaryIntrinsic(Intrinsic::ctpop, popLanes(f, lanesOf(f, inst))));
}

void simdShl(FunctionBuilder& f, const Inst& inst) { shiftBy(f, inst, Instruction::Shl); }
void simdShrS(FunctionBuilder& f, const Inst& inst) { shiftBy(f, inst, Instruction::AShr); }
void simdShrU(FunctionBuilder& f, const Inst& inst) { shiftBy(f, inst, Instruction::LShr); }
void simdNarrowS(FunctionBuilder& f, const Inst& inst) { narrowLanes(f, inst, true); }
void simdNarrowU(FunctionBuilder& f, const Inst& inst) { narrowLanes(f, inst, false); }

void simdExtendLowS(FunctionBuilder& f, const Inst& inst) {
  extendLanes(f, inst, Instruction::SExt, Half::Low);
}

void simdExtendHighS(FunctionBuilder& f, const Inst& inst) {
  extendLanes(f, inst, Instruction::SExt, Half::High);
}

void simdExtendLowU(FunctionBuilder& f, const Inst& inst) {
  extendLanes(f, inst, Instruction::ZExt, Half::Low);
}

void simdExtendHighU(FunctionBuilder& f, const Inst& inst) {
  extendLanes(f, inst, Instruction::ZExt, Half::High);
}

void simdExtmulLowS(FunctionBuilder& f, const Inst& inst) {
  multiplyExtended(f, inst, Instruction::SExt, Half::Low);
}

void simdExtmulHighS(FunctionBuilder& f, const Inst& inst) {
  multiplyExtended(f, inst, Instruction::SExt, Half::High);
}

void simdExtmulLowU(FunctionBuilder& f, const Inst& inst) {
  multiplyExtended(f, inst, Instruction::ZExt, Half::Low);
}

void simdExtmulHighU(FunctionBuilder& f, const Inst& inst) {
  multiplyExtended(f, inst, Instruction::ZExt, Half::High);
}

void simdExtaddPairwiseS(FunctionBuilder& f, const Inst& inst) {
  Value* lanes = popLanes(f, withNarrowerLanes(lanesOf(f, inst)));
  pushLanes(f, extendAndAddPairs(f.lowering(), Instruction::SExt, lanes));
}

void simdExtaddPairwiseU(FunctionBuilder& f, const Inst& inst) {
  Value* lanes = popLanes(f, withNarrowerLanes(lanesOf(f, inst)));
  pushLanes(f, extendAndAddPairs(f.lowering(), Instruction::ZExt, lanes));
}

void simdQ15mulrSatS(FunctionBuilder& f, const Inst& inst) { combineLanes(f, inst, q15Product); }

void relaxedQ15mulrS(FunctionBuilder& f, const Inst& inst) {
  combineLanes(f, inst, relaxedQ15Product);
}

void simdDotS(FunctionBuilder& f, const Inst& inst) {
  combineLanes(f, withNarrowerLanes(lanesOf(f, inst)), dotProduct);
}

void relaxedDotS(FunctionBuilder& f, const Inst& inst) {
  combineLanes(f, withNarrowerLanes(lanesOf(f, inst)), relaxedDotProduct);
}

void relaxedDotAddS(FunctionBuilder& f, const Inst& inst) {
  Value* sum = popLanes(f, lanesOf(f, inst));
  auto [left, right] = popLanePair(f, byteLanes(f));
  pushLanes(f, relaxedDotProductAdd(f.lowering(), left, right, sum));
}

}  // namespace codegen::emit
