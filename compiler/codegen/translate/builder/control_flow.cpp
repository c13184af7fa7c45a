#include "compiler/codegen/translate/builder/control_flow.h"

#include <llvm/IR/MDBuilder.h>

#include "compiler/codegen/translate/builder/function_builder.h"

namespace codegen {

using llvm::BasicBlock;
using llvm::PHINode;

Frame ControlStack::pop() {
  Frame frame = std::move(frames_.back());
  frames_.pop_back();
  return frame;
}

BasicBlock* newBlock(FunctionBuilder& f, const char* name) {
  return BasicBlock::Create(f.ir.getContext(), name, f.function);
}

BasicBlock* detachedBlock(FunctionBuilder& f, const char* name) {
  return BasicBlock::Create(f.ir.getContext(), name);
}

void startBlock(FunctionBuilder& f, BasicBlock* block) {
  if (block->getParent() == nullptr) f.function->insert(f.function->end(), block);
  f.ir.SetInsertPoint(block);
}

Phis makePhis(FunctionBuilder& f, BasicBlock* block, const wasm::ValueTypes& types) {
  Phis phis;
  for (wasm::ValueType type : types) {
    phis.push_back(PHINode::Create(f.type(type), 2, "", block));
  }
  return phis;
}

void addIncoming(FunctionBuilder& f, const Phis& phis) {
  std::span<llvm::Value* const> values = f.stack.topmost(phis.size());
  for (size_t i = 0; i < phis.size(); ++i) {
    phis[i]->addIncoming(values[i], f.ir.GetInsertBlock());
  }
}

void jumpTo(FunctionBuilder& f, BasicBlock* block, const Phis& phis) {
  addIncoming(f, phis);
  f.ir.CreateBr(block);
}

void branchIf(FunctionBuilder& f, llvm::Value* condition, uint32_t label, llvm::MDNode* weights) {
  Frame& target = f.control.at(label);
  BasicBlock* next = newBlock(f, "");
  addIncoming(f, target.labelPhis);
  f.ir.CreateCondBr(condition, target.label, next, weights);
  startBlock(f, next);
}

void branchLikely(FunctionBuilder& f, llvm::Value* condition, BasicBlock* likely,
                  BasicBlock* unlikely) {
  f.ir.CreateCondBr(condition, likely, unlikely,
                    llvm::MDBuilder(f.ir.getContext()).createLikelyBranchWeights());
  startBlock(f, unlikely);
}

void markUnreachable(FunctionBuilder& f) {
  f.control.isDead = true;
  f.stack.truncate(f.control.innermost().height);
}

}  // namespace codegen
