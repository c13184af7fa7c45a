#include "compiler/codegen/translate/builder/control_flow.h"

#include <llvm/IR/CFG.h>
#include <llvm/IR/MDBuilder.h>

#include "compiler/codegen/translate/builder/function_builder.h"

namespace codegen {

using llvm::BasicBlock;
using llvm::PHINode;

void ControlStack::push(Frame frame) {
  frame.outerHandler = innerHandler_;
  bool hasHandler = frame.handler.dispatch != nullptr;
  frame.innerHandler = hasHandler ? frames_.size() + 1 : innerHandler_;
  innerHandler_ = frame.innerHandler;
  frames_.push_back(std::move(frame));
}

Frame ControlStack::pop() {
  Frame frame = std::move(frames_.back());
  frames_.pop_back();
  innerHandler_ = frame.outerHandler;
  return frame;
}

void ControlStack::endBody() {
  innerHandler_ = innermost().innerHandler = innermost().outerHandler;
}

BlockSignature signatureOf(FunctionBuilder& f, const wasm::BlockType& type) {
  switch (type.kind) {
    case wasm::BlockType::Kind::Empty:
      break;
    case wasm::BlockType::Kind::Value:
      return {{}, {type.value}};
    case wasm::BlockType::Kind::Index: {
      const wasm::FuncType& function = f.source().types[type.typeIndex].func;
      return {function.params, function.results};
    }
  }
  return {};
}

Frame blockFrame(FunctionBuilder& f, FrameKind kind, const wasm::BlockType& type) {
  BlockSignature signature = signatureOf(f, type);
  BasicBlock* end = detachedBlock(f, "end");
  Phis phis = makePhis(f, end, signature.results);
  Frame frame{.kind = kind, .height = f.stack.size() - signature.params.size()};
  frame.label = frame.end = end;
  frame.labelPhis = frame.endPhis = phis;
  return frame;
}

void continueBehind(FunctionBuilder& f, const Frame& frame) {
  f.stack.truncate(frame.height);
  f.control.isDead = llvm::pred_empty(frame.end);
  if (f.control.isDead) {
    delete frame.end;
    return;
  }
  startBlock(f, frame.end);
  for (PHINode* phi : frame.endPhis) f.push(phi);
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
  f.fuel.settle();
  addIncoming(f, phis);
  f.ir.CreateBr(block);
}

void branchIf(FunctionBuilder& f, llvm::Value* condition, uint32_t label, llvm::MDNode* weights) {
  Frame& target = f.control.at(label);
  f.fuel.settle();
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

BasicBlock* unwindDestination(FunctionBuilder& f) {
  Handler* handler = f.control.handler();
  if (handler == nullptr) return nullptr;
  if (handler->pad == nullptr) {
    handler->pad = detachedBlock(f, "pad");
    f.function->setPersonalityFn(f.module.personality());
  }
  return handler->pad;
}

void markUnreachable(FunctionBuilder& f) {
  f.control.isDead = true;
  f.fuel.drop();
  f.stack.truncate(f.control.innermost().height);
}

}  // namespace codegen
