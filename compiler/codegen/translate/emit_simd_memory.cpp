// Vector instructions that access memory (section 4.4.7). v128.load and v128.store are loadU and
// store.
#include "compiler/codegen/translate/function_emitter.h"

namespace codegen {

using llvm::FixedVectorType;
using llvm::Value;

Value* FunctionEmitter::loadLane(const Inst& inst) {
  return loadAs(lanesOf(inst)->getElementType(), inst, pop());
}

// Read as one integer: a volatile vector of 8 bytes is not one access on every target.
Value* FunctionEmitter::loadHalves(const Inst& inst) {
  FixedVectorType* narrow = FixedVectorType::getTruncatedElementVectorType(lanesOf(inst));
  return builder_.CreateBitCast(loadAs(builder_.getInt64Ty(), inst, pop()), narrow);
}

void FunctionEmitter::simdLoadExtendS(const Inst& inst) {
  pushLanes(builder_.CreateSExt(loadHalves(inst), lanesOf(inst)));
}

void FunctionEmitter::simdLoadExtendU(const Inst& inst) {
  pushLanes(builder_.CreateZExt(loadHalves(inst), lanesOf(inst)));
}

void FunctionEmitter::simdLoadSplat(const Inst& inst) {
  pushLanes(builder_.CreateVectorSplat(lanesOf(inst)->getNumElements(), loadLane(inst)));
}

void FunctionEmitter::simdLoadZero(const Inst& inst) {
  // An i64 would go through a general register on x86, a double is loaded to where it is needed. An
  // i32 goes through one too, which is still the shortest way: of volatile loads LLVM does not know
  // that they leave zeros beside the lane.
  bool isWide = accessBytes(inst) == sizeof(double);
  llvm::Type* lane = isWide ? builder_.getDoubleTy() : builder_.getInt32Ty();
  Value* zero =
      llvm::Constant::getNullValue(FixedVectorType::get(lane, lanesOf(inst)->getNumElements()));
  pushLanes(builder_.CreateInsertElement(zero, loadAs(lane, inst, pop()), uint64_t{0}));
}

void FunctionEmitter::simdLoadLane(const Inst& inst) {
  Value* vector = popLanes(lanesOf(inst));
  pushLanes(builder_.CreateInsertElement(vector, loadLane(inst), inst.lane));
}

void FunctionEmitter::simdStoreLane(const Inst& inst) {
  Value* lane = builder_.CreateExtractElement(popLanes(lanesOf(inst)), inst.lane);
  Value* address = effectiveAddress(inst.index, pop(), inst.bits, accessBytes(inst));
  storeTo(address, lane, inst);
}

}  // namespace codegen
