// Vector instructions that compute with integer lanes (section 4.4.3).
#include "compiler/codegen/lowering/vector_integer.h"
#include "compiler/codegen/lowering/vector_narrow.h"
#include "compiler/codegen/lowering/vector_product.h"
#include "compiler/codegen/lowering/vector_widen.h"
#include "compiler/codegen/translate/function_emitter.h"

namespace codegen {

using llvm::Instruction;
using llvm::Value;
namespace Intrinsic = llvm::Intrinsic;

void FunctionEmitter::combineLanes(const Inst& inst, Instruction::BinaryOps operation) {
  auto [left, right] = popLanePair(lanesOf(inst));
  pushLanes(builder_.CreateBinOp(operation, left, right));
}

void FunctionEmitter::combineLanes(const Inst& inst, Intrinsic::ID id) {
  auto [left, right] = popLanePair(lanesOf(inst));
  pushLanes(builder_.CreateBinaryIntrinsic(id, left, right));
}

void FunctionEmitter::simdAdd(const Inst& inst) { combineLanes(inst, Instruction::Add); }
void FunctionEmitter::simdSub(const Inst& inst) { combineLanes(inst, Instruction::Sub); }
void FunctionEmitter::simdMul(const Inst& inst) { combineLanes(lanesOf(inst), multiplyLanes); }
void FunctionEmitter::simdAddSatS(const Inst& inst) { combineLanes(inst, Intrinsic::sadd_sat); }
void FunctionEmitter::simdAddSatU(const Inst& inst) { combineLanes(inst, Intrinsic::uadd_sat); }
void FunctionEmitter::simdSubSatS(const Inst& inst) { combineLanes(inst, Intrinsic::ssub_sat); }
void FunctionEmitter::simdSubSatU(const Inst& inst) { combineLanes(inst, Intrinsic::usub_sat); }
void FunctionEmitter::simdMinS(const Inst& inst) { combineLanes(inst, Intrinsic::smin); }
void FunctionEmitter::simdMinU(const Inst& inst) { combineLanes(inst, Intrinsic::umin); }
void FunctionEmitter::simdMaxS(const Inst& inst) { combineLanes(inst, Intrinsic::smax); }
void FunctionEmitter::simdMaxU(const Inst& inst) { combineLanes(inst, Intrinsic::umax); }
void FunctionEmitter::simdAvgrU(const Inst& inst) { combineLanes(lanesOf(inst), averageRoundedUp); }

void FunctionEmitter::simdAbs(const Inst& inst) {
  // The least value has no absolute one in its type, and is not poison: it stays.
  pushLanes(
      builder_.CreateBinaryIntrinsic(Intrinsic::abs, popLanes(lanesOf(inst)), builder_.getFalse()));
}

void FunctionEmitter::simdNeg(const Inst& inst) {
  pushLanes(builder_.CreateNeg(popLanes(lanesOf(inst))));
}

void FunctionEmitter::simdPopcnt(const Inst& inst) {
  pushLanes(builder_.CreateUnaryIntrinsic(Intrinsic::ctpop, popLanes(lanesOf(inst))));
}

void FunctionEmitter::shiftBy(const Inst& inst, Instruction::BinaryOps operation) {
  Value* count = pop();
  pushLanes(shiftLanes(lowering(), operation, popLanes(lanesOf(inst)), count));
}

void FunctionEmitter::simdShl(const Inst& inst) { shiftBy(inst, Instruction::Shl); }
void FunctionEmitter::simdShrS(const Inst& inst) { shiftBy(inst, Instruction::AShr); }
void FunctionEmitter::simdShrU(const Inst& inst) { shiftBy(inst, Instruction::LShr); }

void FunctionEmitter::narrowLanes(const Inst& inst, bool isSigned) {
  auto [low, high] = popLanePair(withWiderLanes(lanesOf(inst)));
  pushLanes(narrow(lowering(), isSigned, low, high));
}

void FunctionEmitter::simdNarrowS(const Inst& inst) { narrowLanes(inst, true); }
void FunctionEmitter::simdNarrowU(const Inst& inst) { narrowLanes(inst, false); }

void FunctionEmitter::extendLanes(const Inst& inst, Instruction::CastOps extension, Half half) {
  Value* lanes = popLanes(withNarrowerLanes(lanesOf(inst)));
  pushLanes(extendHalf(lowering(), extension, lanes, half));
}

void FunctionEmitter::simdExtendLowS(const Inst& inst) {
  extendLanes(inst, Instruction::SExt, Half::Low);
}
void FunctionEmitter::simdExtendHighS(const Inst& inst) {
  extendLanes(inst, Instruction::SExt, Half::High);
}
void FunctionEmitter::simdExtendLowU(const Inst& inst) {
  extendLanes(inst, Instruction::ZExt, Half::Low);
}
void FunctionEmitter::simdExtendHighU(const Inst& inst) {
  extendLanes(inst, Instruction::ZExt, Half::High);
}

void FunctionEmitter::multiplyExtended(const Inst& inst, Instruction::CastOps extension,
                                       Half half) {
  auto [left, right] = popLanePair(withNarrowerLanes(lanesOf(inst)));
  pushLanes(extendAndMultiply(lowering(), extension, left, right, half));
}

void FunctionEmitter::simdExtmulLowS(const Inst& inst) {
  multiplyExtended(inst, Instruction::SExt, Half::Low);
}
void FunctionEmitter::simdExtmulHighS(const Inst& inst) {
  multiplyExtended(inst, Instruction::SExt, Half::High);
}
void FunctionEmitter::simdExtmulLowU(const Inst& inst) {
  multiplyExtended(inst, Instruction::ZExt, Half::Low);
}
void FunctionEmitter::simdExtmulHighU(const Inst& inst) {
  multiplyExtended(inst, Instruction::ZExt, Half::High);
}

void FunctionEmitter::simdExtaddPairwiseS(const Inst& inst) {
  Value* lanes = popLanes(withNarrowerLanes(lanesOf(inst)));
  pushLanes(extendAndAddPairs(lowering(), Instruction::SExt, lanes));
}

void FunctionEmitter::simdExtaddPairwiseU(const Inst& inst) {
  Value* lanes = popLanes(withNarrowerLanes(lanesOf(inst)));
  pushLanes(extendAndAddPairs(lowering(), Instruction::ZExt, lanes));
}

void FunctionEmitter::simdQ15mulrSatS(const Inst& inst) { combineLanes(lanesOf(inst), q15Product); }

void FunctionEmitter::relaxedQ15mulrS(const Inst& inst) {
  combineLanes(lanesOf(inst), relaxedQ15Product);
}

void FunctionEmitter::simdDotS(const Inst& inst) {
  combineLanes(withNarrowerLanes(lanesOf(inst)), dotProduct);
}

void FunctionEmitter::relaxedDotS(const Inst& inst) {
  combineLanes(withNarrowerLanes(lanesOf(inst)), relaxedDotProduct);
}

void FunctionEmitter::relaxedDotAddS(const Inst& inst) {
  Value* sum = popLanes(lanesOf(inst));
  auto [left, right] = popLanePair(bytes());
  pushLanes(relaxedDotProductAdd(lowering(), left, right, sum));
}

}  // namespace codegen
