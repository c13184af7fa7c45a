// Vector instructions that move lanes and bits without looking at them (section 4.4.3).
#include "compiler/codegen/function_emitter.h"

namespace codegen {

using llvm::FixedVectorType;
using llvm::Value;

FixedVectorType* FunctionEmitter::lanes(wasm::LaneShape shape) {
  llvm::Type* integer = builder_.getIntNTy(shape.bits);
  llvm::Type* real = shape.bits == 32 ? builder_.getFloatTy() : builder_.getDoubleTy();
  return FixedVectorType::get(shape.isFloat ? real : integer, shape.count);
}

FixedVectorType* FunctionEmitter::lanesOf(const Inst& inst) {
  std::optional<wasm::LaneShape> shape = wasm::laneShape(inst.op);
  CHECK(shape.has_value());
  return lanes(*shape);
}

Value* FunctionEmitter::popLanes(FixedVectorType* type) {
  Value* vector = pop();
  auto* cast = llvm::dyn_cast<llvm::BitCastInst>(vector);
  bool hasLanes = cast != nullptr && cast->getSrcTy() == type;
  return hasLanes ? cast->getOperand(0) : builder_.CreateBitCast(vector, type);
}

void FunctionEmitter::pushLanes(Value* vector) {
  push(builder_.CreateBitCast(vector, type(wasm::kV128)));
}

}  // namespace codegen
