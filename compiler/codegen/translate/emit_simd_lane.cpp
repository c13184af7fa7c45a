// Vector instructions that move lanes and bits without looking at them (section 4.4.3).
#include <llvm/Analysis/ConstantFolding.h>

#include "compiler/codegen/lowering/vector_lane.h"
#include "compiler/codegen/translate/function_emitter.h"

namespace codegen {

using llvm::FixedVectorType;
using llvm::Value;

FixedVectorType* FunctionEmitter::lanes(wasm::LaneShape shape) {
  llvm::Type* integer = builder_.getIntNTy(shape.bits);
  llvm::Type* real = shape.bits == 32 ? builder_.getFloatTy() : builder_.getDoubleTy();
  return FixedVectorType::get(shape.isFloat ? real : integer, shape.count);
}

FixedVectorType* FunctionEmitter::lanesOf(const Inst& inst) {
  return lanes(wasm::opcodeInfo(inst.op).lanes);
}

Value* FunctionEmitter::popLanes(FixedVectorType* type) {
  Value* vector = pop();
  auto* cast = llvm::dyn_cast<llvm::BitCastInst>(vector);
  bool hasLanes = cast != nullptr && cast->getSrcTy() == type;
  if (hasLanes) return cast->getOperand(0);
  Value* lanes = builder_.CreateBitCast(vector, type);
  // A constant of other lanes is a constant expression until it is folded.
  auto* constant = llvm::dyn_cast<llvm::Constant>(lanes);
  if (constant == nullptr) return lanes;
  return llvm::ConstantFoldConstant(constant, function_->getDataLayout());
}

void FunctionEmitter::pushLanes(Value* vector) {
  push(builder_.CreateBitCast(vector, type(wasm::kV128)));
}

FunctionEmitter::LanePair FunctionEmitter::popLanePair(FixedVectorType* type) {
  Value* right = popLanes(type);
  Value* left = popLanes(type);
  return {left, right};
}

void FunctionEmitter::combineLanes(FixedVectorType* type, BinaryLowering combine) {
  auto [left, right] = popLanePair(type);
  pushLanes(combine(lowering(), left, right));
}

FixedVectorType* FunctionEmitter::bytes() {
  return FixedVectorType::get(builder_.getInt8Ty(), sizeof(Inst::bytes));
}

void FunctionEmitter::simdConst(const Inst& inst) {
  // The bytes are in the order of lanes on every target, all of which are little-endian.
  pushLanes(llvm::ConstantDataVector::get(module_.context(), llvm::ArrayRef<uint8_t>(inst.bytes)));
}

void FunctionEmitter::simdShuffle(const Inst& inst) {
  Value* second = popLanes(bytes());
  Value* first = popLanes(bytes());
  llvm::SmallVector<int, sizeof(Inst::bytes)> mask(inst.bytes.begin(), inst.bytes.end());
  pushLanes(builder_.CreateShuffleVector(first, second, mask));
}

void FunctionEmitter::simdSwizzle(const Inst&) { combineLanes(bytes(), swizzle); }

void FunctionEmitter::relaxedSwizzle(const Inst&) {
  combineLanes(bytes(), codegen::relaxedSwizzle);
}

// The scalar on top of the stack, cut to the width of a lane.
Value* FunctionEmitter::popLane(FixedVectorType* lanes) {
  Value* scalar = pop();
  if (!scalar->getType()->isIntegerTy()) return scalar;
  return builder_.CreateTrunc(scalar, lanes->getElementType());
}

void FunctionEmitter::simdSplat(const Inst& inst) {
  FixedVectorType* lanes = lanesOf(inst);
  pushLanes(builder_.CreateVectorSplat(lanes->getNumElements(), popLane(lanes)));
}

void FunctionEmitter::simdExtractLaneS(const Inst& inst) {
  Value* lane = builder_.CreateExtractElement(popLanes(lanesOf(inst)), inst.lane);
  push(builder_.CreateSExt(lane, resultType(inst)));
}

void FunctionEmitter::simdExtractLaneU(const Inst& inst) {
  Value* lane = builder_.CreateExtractElement(popLanes(lanesOf(inst)), inst.lane);
  bool isInteger = lane->getType()->isIntegerTy();
  push(isInteger ? builder_.CreateZExt(lane, resultType(inst)) : lane);
}

void FunctionEmitter::simdReplaceLane(const Inst& inst) {
  Value* lane = popLane(lanesOf(inst));
  pushLanes(builder_.CreateInsertElement(popLanes(lanesOf(inst)), lane, inst.lane));
}

void FunctionEmitter::simdNot(const Inst&) { push(builder_.CreateNot(pop())); }
void FunctionEmitter::simdAnd(const Inst&) { binary(llvm::Instruction::And); }
void FunctionEmitter::simdOr(const Inst&) { binary(llvm::Instruction::Or); }
void FunctionEmitter::simdXor(const Inst&) { binary(llvm::Instruction::Xor); }

void FunctionEmitter::simdAndnot(const Inst&) {
  Value* cleared = builder_.CreateNot(pop());
  push(builder_.CreateAnd(pop(), cleared));
}

void FunctionEmitter::simdBitselect(const Inst&) {
  Value* mask = pop();
  Value* ifZero = pop();
  push(bitselect(lowering(), pop(), ifZero, mask));
}

void FunctionEmitter::relaxedLaneselect(const Inst& inst) {
  FixedVectorType* lanes = lanesOf(inst);
  Value* mask = popLanes(lanes);
  Value* ifZero = popLanes(lanes);
  pushLanes(codegen::relaxedLaneselect(lowering(), popLanes(lanes), ifZero, mask));
}

void FunctionEmitter::simdAnyTrue(const Inst&) {
  push(builder_.CreateZExt(anyTrue(lowering(), pop()), builder_.getInt32Ty()));
}

}  // namespace codegen
