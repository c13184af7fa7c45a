// Vector instructions that access parts of vectors in memory (section 4.4.7). v128.load and
// v128.store belong to the families loadU and store.
#include "compiler/codegen/translate/builder/lanes.h"
#include "compiler/codegen/translate/builder/memory_access.h"
#include "compiler/codegen/translate/emit/emitters.h"

namespace codegen::emit {
namespace {

using llvm::FixedVectorType;
using llvm::Value;

// Pops an index and returns a lane loaded from there.
Value* loadLane(FunctionBuilder& f, const Inst& inst) {
  return loadAs(f, lanesOf(f, inst)->getElementType(), inst, f.pop());
}

// Pops an index and returns the eight bytes there as lanes that are half as wide as those of the
// result. They are loaded as one integer, since a volatile load of a vector of 8 bytes may become
// several accesses on some targets.
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
  // On x86 an i64 would be loaded to a general register first, a double is loaded to a vector
  // register. An i32 is loaded to a general register as well, which is still the shortest code:
  // LLVM does not use that a volatile load to a vector register zeroes the other lanes.
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
