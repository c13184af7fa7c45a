// Vector instructions that move lanes, and bitwise operations (section 4.4.3).
#include "compiler/codegen/lowering/vector_lane.h"
#include "compiler/codegen/translate/builder/lanes.h"
#include "compiler/codegen/translate/emit/emitters.h"

namespace codegen::emit {
namespace {

using llvm::FixedVectorType;
using llvm::Value;

// Pops a scalar and returns it truncated to the width of a lane: lanes of 8 and 16 bits are i32
// operands.
Value* popLane(FunctionBuilder& f, FixedVectorType* lanes) {
  Value* scalar = f.pop();
  if (!scalar->getType()->isIntegerTy()) return scalar;
  return f.ir.CreateTrunc(scalar, lanes->getElementType());
}

}  // namespace

void simdConst(FunctionBuilder& f, const Inst& inst) {
  // The bytes have the order of lanes, since all targets are little-endian.
  pushLanes(f,
            llvm::ConstantDataVector::get(f.ir.getContext(), llvm::ArrayRef<uint8_t>(inst.bytes)));
}

// The mask has indices of the 32 bytes of both operands, in the order of LLVM's shufflevector.
void simdShuffle(FunctionBuilder& f, const Inst& inst) {
  Value* second = popLanes(f, byteLanes(f));
  Value* first = popLanes(f, byteLanes(f));
  llvm::SmallVector<int, sizeof(Inst::bytes)> mask(inst.bytes.begin(), inst.bytes.end());
  pushLanes(f, f.ir.CreateShuffleVector(first, second, mask));
}

void simdSwizzle(FunctionBuilder& f, const Inst&) { combineLanes(f, byteLanes(f), swizzle); }

void relaxedSwizzle(FunctionBuilder& f, const Inst&) {
  combineLanes(f, byteLanes(f), codegen::relaxedSwizzle);
}

void simdSplat(FunctionBuilder& f, const Inst& inst) {
  FixedVectorType* lanes = lanesOf(f, inst);
  pushLanes(f, f.ir.CreateVectorSplat(lanes->getNumElements(), popLane(f, lanes)));
}

void simdExtractLaneS(FunctionBuilder& f, const Inst& inst) {
  Value* lane = f.ir.CreateExtractElement(popLanes(f, lanesOf(f, inst)), inst.lane);
  f.push(f.ir.CreateSExt(lane, f.resultType(inst)));
}

// Also extracts lanes of floats, and of 32 and 64 bits, which are not extended.
void simdExtractLaneU(FunctionBuilder& f, const Inst& inst) {
  Value* lane = f.ir.CreateExtractElement(popLanes(f, lanesOf(f, inst)), inst.lane);
  bool isInteger = lane->getType()->isIntegerTy();
  f.push(isInteger ? f.ir.CreateZExt(lane, f.resultType(inst)) : lane);
}

void simdReplaceLane(FunctionBuilder& f, const Inst& inst) {
  Value* lane = popLane(f, lanesOf(f, inst));
  pushLanes(f, f.ir.CreateInsertElement(popLanes(f, lanesOf(f, inst)), lane, inst.lane));
}

void simdNot(FunctionBuilder& f, const Inst&) { f.push(f.ir.CreateNot(f.pop())); }
void simdAnd(FunctionBuilder& f, const Inst&) { binaryOperation(f, llvm::Instruction::And); }
void simdOr(FunctionBuilder& f, const Inst&) { binaryOperation(f, llvm::Instruction::Or); }
void simdXor(FunctionBuilder& f, const Inst&) { binaryOperation(f, llvm::Instruction::Xor); }

void simdAndnot(FunctionBuilder& f, const Inst&) {
  Value* cleared = f.ir.CreateNot(f.pop());
  f.push(f.ir.CreateAnd(f.pop(), cleared));
}

void simdBitselect(FunctionBuilder& f, const Inst&) {
  Value* mask = f.pop();
  Value* ifZero = f.pop();
  f.push(bitselect(f.lowering(), f.pop(), ifZero, mask));
}

void relaxedLaneselect(FunctionBuilder& f, const Inst& inst) {
  FixedVectorType* lanes = lanesOf(f, inst);
  Value* mask = popLanes(f, lanes);
  Value* ifZero = popLanes(f, lanes);
  pushLanes(f, codegen::relaxedLaneselect(f.lowering(), popLanes(f, lanes), ifZero, mask));
}

void simdAnyTrue(FunctionBuilder& f, const Inst&) {
  pushCondition(f, anyTrue(f.lowering(), f.pop()));
}

}  // namespace codegen::emit
