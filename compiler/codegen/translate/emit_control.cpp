// Control and parametric instructions (section 4.4.8 and 4.4.4).
#include <llvm/IR/CFG.h>

#include "compiler/codegen/translate/function_emitter.h"

namespace codegen {

using llvm::BasicBlock;
using llvm::PHINode;
using llvm::Value;

// The weights of C's __builtin_expect: a hint is no proof that one way is never taken.
constexpr uint32_t kUsual = 2000;
constexpr uint32_t kRare = 1;

FunctionEmitter::BlockSignature FunctionEmitter::signatureOf(const wasm::BlockType& type) const {
  switch (type.kind) {
    case wasm::BlockType::Kind::Empty:
      break;
    case wasm::BlockType::Kind::Value:
      return {{}, {type.value}};
    case wasm::BlockType::Kind::Index: {
      const wasm::FuncType& function = source().types[type.typeIndex].func;
      return {function.params, function.results};
    }
  }
  return {};
}

std::vector<PHINode*> FunctionEmitter::makePhis(BasicBlock* block, const wasm::ValueTypes& types) {
  std::vector<PHINode*> phis;
  for (wasm::ValueType type : types) {
    phis.push_back(PHINode::Create(this->type(type), 2, "", block));
  }
  return phis;
}

// Gives the topmost operands to `phis`, for an edge from the current block.
void FunctionEmitter::addIncoming(const std::vector<PHINode*>& phis) {
  CHECK(stack_.size() >= phis.size());
  size_t first = stack_.size() - phis.size();
  for (size_t i = 0; i < phis.size(); ++i) {
    phis[i]->addIncoming(stack_[first + i], builder_.GetInsertBlock());
  }
}

void FunctionEmitter::jumpTo(BasicBlock* block, const std::vector<PHINode*>& phis) {
  addIncoming(phis);
  builder_.CreateBr(block);
}

// What follows, up to the end of the innermost frame, cannot be reached.
void FunctionEmitter::die() {
  isDead_ = true;
  stack_.resize(frames_.back().height);
}

void FunctionEmitter::unreachable(const Inst&) {
  trapNow(abi::TrapCode::Unreachable);
  die();
}

void FunctionEmitter::nop(const Inst&) {}

void FunctionEmitter::block(const Inst& inst) {
  BlockSignature signature = signatureOf(inst.block);
  BasicBlock* end = detachedBlock("end");
  std::vector<PHINode*> phis = makePhis(end, signature.results);
  size_t height = stack_.size() - signature.params.size();
  frames_.push_back({FrameKind::Block, height, end, phis, end, phis, nullptr, {}});
}

void FunctionEmitter::loop(const Inst& inst) {
  BlockSignature signature = signatureOf(inst.block);
  BasicBlock* head = detachedBlock("loop");
  std::vector<PHINode*> phis = makePhis(head, signature.params);
  jumpTo(head, phis);
  popMany(phis.size());
  size_t height = stack_.size();
  for (PHINode* phi : phis) push(phi);
  startBlock(head);
  // The call that inlining saves is little beside a loop.
  function_->addFnAttr("function-inline-threshold", "80");
  frames_.push_back({FrameKind::Loop, height, head, phis, nullptr, {}, nullptr, {}});
}

// What a branch hint says of an `if` or `br_if` being taken; null where there is none. Those of
// dead code are passed over.
llvm::MDNode* FunctionEmitter::hintedWeights(const Inst& branch) {
  while (!hints_.empty() && hints_.front().offset < branch.offset) hints_ = hints_.subspan(1);
  if (hints_.empty() || hints_.front().offset != branch.offset) return nullptr;
  bool isLikely = hints_.front().isLikely;
  return llvm::MDBuilder(module_.context())
      .createBranchWeights(isLikely ? kUsual : kRare, isLikely ? kRare : kUsual);
}

void FunctionEmitter::ifThen(const Inst& inst) {
  BlockSignature signature = signatureOf(inst.block);
  Value* condition = popCondition();
  BasicBlock* thenArm = detachedBlock("then");
  BasicBlock* elseArm = detachedBlock("else");
  BasicBlock* end = detachedBlock("end");
  std::vector<PHINode*> phis = makePhis(end, signature.results);
  size_t height = stack_.size() - signature.params.size();
  Values params(stack_.begin() + height, stack_.end());
  builder_.CreateCondBr(condition, thenArm, elseArm, hintedWeights(inst));
  startBlock(thenArm);
  frames_.push_back({FrameKind::If, height, end, phis, end, phis, elseArm, params});
}

void FunctionEmitter::elseArm(const Inst&) {
  Frame& frame = frames_.back();
  if (!isDead_) jumpTo(frame.end, frame.endPhis);
  isDead_ = false;
  startBlock(frame.elseArm);
  frame.elseArm = nullptr;
  stack_.resize(frame.height);
  for (Value* param : frame.params) push(param);
}

// An `if` without `else` passes its parameters through.
void FunctionEmitter::endElseless(Frame& frame) {
  startBlock(frame.elseArm);
  stack_.resize(frame.height);
  for (Value* param : frame.params) push(param);
  jumpTo(frame.end, frame.endPhis);
}

void FunctionEmitter::end(const Inst&) {
  Frame frame = std::move(frames_.back());
  frames_.pop_back();
  if (frame.kind == FrameKind::Loop) {
    if (isDead_) stack_.resize(frame.height);
    return;
  }
  if (frame.kind == FrameKind::Block && !isDead_ && llvm::pred_empty(frame.end)) {
    delete frame.end;  // nothing branches there: the code goes on in the same block
    return;
  }
  if (!isDead_) jumpTo(frame.end, frame.endPhis);
  if (frame.elseArm != nullptr) endElseless(frame);
  resumeAtEnd(frame);
}

void FunctionEmitter::resumeAtEnd(Frame& frame) {
  stack_.resize(frame.height);
  isDead_ = llvm::pred_empty(frame.end);
  if (isDead_) {
    delete frame.end;
    return;
  }
  startBlock(frame.end);
  for (PHINode* phi : frame.endPhis) push(phi);
  if (frame.kind == FrameKind::Function) emitReturn();
}

void FunctionEmitter::br(const Inst& inst) {
  Frame& target = frameAt(inst.index);
  jumpTo(target.label, target.labelPhis);
  die();
}

void FunctionEmitter::brIf(const Inst& inst) {
  branchIf(popCondition(), inst.index, hintedWeights(inst));
}

void FunctionEmitter::branchIf(Value* condition, uint32_t label, llvm::MDNode* weights) {
  Frame& target = frameAt(label);
  BasicBlock* next = newBlock("");
  addIncoming(target.labelPhis);
  builder_.CreateCondBr(condition, target.label, next, weights);
  startBlock(next);
}

// To the label without the reference, or on with it.
void FunctionEmitter::brOnNull(const Inst& inst) {
  Value* reference = pop();
  branchIf(builder_.CreateIsNull(reference), inst.index);
  push(reference);
}

// To the label with the reference, or on without it.
void FunctionEmitter::brOnNonNull(const Inst& inst) {
  branchIf(builder_.CreateIsNotNull(stack_.back()), inst.index);
  pop();
}

void FunctionEmitter::brTable(const Inst& inst) {
  Value* selector = pop();
  Frame& fallback = frameAt(inst.labels.back());
  llvm::SwitchInst* table = builder_.CreateSwitch(selector, fallback.label, inst.labels.size() - 1);
  // A phi has one entry per edge, also where several edges lead to one target.
  addIncoming(fallback.labelPhis);
  for (uint32_t i = 0; i + 1 < inst.labels.size(); ++i) {
    Frame& target = frameAt(inst.labels[i]);
    table->addCase(builder_.getInt32(i), target.label);
    addIncoming(target.labelPhis);
  }
  die();
}

void FunctionEmitter::ret(const Inst&) {
  Frame& function = frames_.front();
  jumpTo(function.label, function.labelPhis);
  die();
}

void FunctionEmitter::emitReturn() {
  Values results = popMany(type_.results.size());
  if (results.empty()) {
    builder_.CreateRetVoid();
  } else if (results.size() == 1) {
    builder_.CreateRet(results[0]);
  } else if (!AbiLowering::resultsInMemory(type_)) {
    builder_.CreateAggregateRet(results.data(), results.size());
  } else {
    Value* buffer = abi_.loadInvariant(builder_, builder_.getPtrTy(), execState(),
                                       offsetof(abi::ExecState, results));
    for (size_t i = 0; i < results.size(); ++i) {
      builder_.CreateStore(results[i], AbiLowering::at(builder_, buffer, i * sizeof(abi::Slot)));
    }
    builder_.CreateRetVoid();
  }
}

void FunctionEmitter::drop(const Inst&) { pop(); }

void FunctionEmitter::select(const Inst&) {
  Value* condition = popCondition();
  Value* second = pop();
  Value* first = pop();
  push(builder_.CreateSelect(condition, first, second));
}

void FunctionEmitter::localGet(const Inst& inst) {
  llvm::AllocaInst* slot = local(inst.index);
  push(builder_.CreateLoad(slot->getAllocatedType(), slot));
}

void FunctionEmitter::localSet(const Inst& inst) { builder_.CreateStore(pop(), local(inst.index)); }

void FunctionEmitter::localTee(const Inst& inst) {
  builder_.CreateStore(stack_.back(), local(inst.index));
}

}  // namespace codegen
