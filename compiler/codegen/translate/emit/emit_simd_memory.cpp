// Vector instructions that access memory (section 4.4.7). v128.load and v128.store are loadU and
// store.
#include "compiler/codegen/translate/builder/lanes.h"
#include "compiler/codegen/translate/builder/memory_access.h"
#include "compiler/codegen/translate/emit/emitters.h"

namespace codegen::emit {
namespace {

using llvm::FixedVectorType;
using llvm::Value;

// Loads one lane.
Value* loadLane(FunctionBuilder& f, const Inst& inst) {
  return loadAs(f, lanesOf(f, inst)->getElementType(), inst, f.pop());
}

// Loads eight bytes, as lanes half as wide as those that `inst` makes of them. They are read as one
// integer: a volatile vector of 8 bytes is not one access on every target.
Value* loadHalves(FunctionBuilder& f, const Inst& inst) {
  FixedVectorType* narrow = FixedVectorType::getTruncatedElementVectorType(lanesOf(f, inst));
  return f.ir.CreateBitCast(loadAs(f, f.ir.getInt64Ty(), inst, f.pop()), narrow);
}

}  // namespace

void simdLoadExtendS(FunctionBuilder& f, const Inst& inst) {
  pushLanes(f, f.ir.CreateSExt(loadHalves(f, inst), lanesOf(f, inst)));
}

void simdLoadExtendU(FunctionBuilder& f, const Inst& inst) {
  pushLanes(f, f.ir.CreateZExt(loadHalves(f, inst), lanesOf(f, inst)));
}

void simdLoadSplat(FunctionBuilder& f, const Inst& inst) {
  pushLanes(f, f.ir.CreateVectorSplat(lanesOf(f, inst)->getNumElements(), loadLane(f, inst)));
}

void simdLoadZero(FunctionBuilder& f, const Inst& inst) {
  // An i64 would go through a general register on x86, a double is loaded to where it is needed. An
  // i32 goes through one too, which is still the shortest way: of volatile loads LLVM does not know
  // that they leave zeros beside the lane.
  bool isWide = accessBytes(inst) == sizeof(double);
  llvm::Type* lane = isWide ? f.ir.getDoubleTy() : f.ir.getInt32Ty();
  Value* zero =
      llvm::Constant::getNullValue(FixedVectorType::get(lane, lanesOf(f, inst)->getNumElements()));
  pushLanes(f, f.ir.CreateInsertElement(zero, loadAs(f, lane, inst, f.pop()), uint64_t{0}));
}

void simdLoadLane(FunctionBuilder& f, const Inst& inst) {
  Value* vector = popLanes(f, lanesOf(f, inst));
  pushLanes(f, f.ir.CreateInsertElement(vector, loadLane(f, inst), inst.lane));
}

void simdStoreLane(FunctionBuilder& f, const Inst& inst) {
  Value* lane = f.ir.CreateExtractElement(popLanes(f, lanesOf(f, inst)), inst.lane);
  Value* address = addressOf(f, inst, f.pop());
  storeTo(f, address, lane, inst);
}

}  // namespace codegen::emit
