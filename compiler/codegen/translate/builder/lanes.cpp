#include "compiler/codegen/translate/builder/lanes.h"

#include <llvm/Analysis/ConstantFolding.h>

namespace codegen {

using llvm::FixedVectorType;
using llvm::Value;

FixedVectorType* lanes(FunctionBuilder& f, wasm::LaneShape shape) {
  CHECK(shape.count != 0);
  llvm::Type* integer = f.ir.getIntNTy(shape.bits);
  llvm::Type* real = shape.bits == 32 ? f.ir.getFloatTy() : f.ir.getDoubleTy();
  return FixedVectorType::get(shape.isFloat ? real : integer, shape.count);
}

FixedVectorType* lanesOf(FunctionBuilder& f, const Inst& inst) {
  return lanes(f, wasm::opcodeInfo(inst.op).lanes);
}

FixedVectorType* byteLanes(FunctionBuilder& f) {
  return FixedVectorType::get(f.ir.getInt8Ty(), sizeof(Inst::bytes));
}

Value* popLanes(FunctionBuilder& f, FixedVectorType* type) {
  Value* vector = f.pop();
  auto* cast = llvm::dyn_cast<llvm::BitCastInst>(vector);
  // The operand was pushed by pushLanes with the same lanes: the casts cancel out.
  bool hasLanes = cast != nullptr && cast->getSrcTy() == type;
  if (hasLanes) return cast->getOperand(0);
  Value* lanes = f.ir.CreateBitCast(vector, type);
  // The cast of a constant is a constant expression, in which lowerings could not see lanes.
  // Folding gives a vector constant.
  auto* constant = llvm::dyn_cast<llvm::Constant>(lanes);
  if (constant == nullptr) return lanes;
  return llvm::ConstantFoldConstant(constant, f.function->getDataLayout());
}

LanePair popLanePair(FunctionBuilder& f, FixedVectorType* type) {
  Value* right = popLanes(f, type);
  Value* left = popLanes(f, type);
  return {left, right};
}

void pushLanes(FunctionBuilder& f, Value* vector) {
  f.push(f.ir.CreateBitCast(vector, f.type(wasm::kV128)));
}

void combineLanes(FunctionBuilder& f, FixedVectorType* type, BinaryLowering combine) {
  auto [left, right] = popLanePair(f, type);
  pushLanes(f, combine(f.lowering(), left, right));
}

void combineLanes(FunctionBuilder& f, const Inst& inst, BinaryLowering combine) {
  combineLanes(f, lanesOf(f, inst), combine);
}

void combineLanes(FunctionBuilder& f, const Inst& inst, llvm::Instruction::BinaryOps operation) {
  auto [left, right] = popLanePair(f, lanesOf(f, inst));
  pushLanes(f, f.ir.CreateBinOp(operation, left, right));
}

void combineLanes(FunctionBuilder& f, const Inst& inst, llvm::Intrinsic::ID id) {
  auto [left, right] = popLanePair(f, lanesOf(f, inst));
  pushLanes(f, f.ir.CreateBinaryIntrinsic(id, left, right));
}

}  // namespace codegen
