#include "compiler/codegen/translate/builder/operand_stack.h"

#include "compiler/codegen/translate/builder/function_builder.h"

namespace codegen {

using llvm::Value;

Value* conditionIn(Value* value) {
  auto* widened = llvm::dyn_cast<llvm::ZExtInst>(value);
  bool isCondition = widened != nullptr && widened->getSrcTy()->isIntegerTy(1);
  return isCondition ? widened->getOperand(0) : nullptr;
}

// Uses the i1 from before the extension, so that the optimizer need not remove the extension and
// the comparison with zero at each branch.
Value* popCondition(FunctionBuilder& f) {
  Value* value = f.pop();
  Value* condition = conditionIn(value);
  return condition != nullptr ? condition : f.ir.CreateIsNotNull(value);
}

void pushCondition(FunctionBuilder& f, Value* condition) {
  f.push(f.ir.CreateZExt(condition, f.ir.getInt32Ty()));
}

void binaryOperation(FunctionBuilder& f, llvm::Instruction::BinaryOps operation) {
  Value* right = f.pop();
  Value* left = f.pop();
  f.push(f.ir.CreateBinOp(operation, left, right));
}

void unaryIntrinsic(FunctionBuilder& f, llvm::Intrinsic::ID id) {
  f.push(f.ir.CreateUnaryIntrinsic(id, f.pop()));
}

void binaryIntrinsic(FunctionBuilder& f, llvm::Intrinsic::ID id) {
  Value* right = f.pop();
  Value* left = f.pop();
  f.push(f.ir.CreateBinaryIntrinsic(id, left, right));
}

}  // namespace codegen
