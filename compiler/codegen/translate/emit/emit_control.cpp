// Blocks, branches and returns (section 4.4.8, Control Instructions).
#include <llvm/IR/CFG.h>
#include <llvm/IR/MDBuilder.h>

#include "compiler/codegen/translate/builder/calls.h"
#include "compiler/codegen/translate/builder/trap_sites.h"
#include "compiler/codegen/translate/emit/emitters.h"
#include "compiler/codegen/translate/objects/exception_handlers.h"

namespace codegen::emit {
namespace {

using llvm::BasicBlock;
using llvm::PHINode;
using llvm::Value;

// Branch weights for branch hints (the branch hinting proposal), as Clang uses for
// __builtin_expect. A hint is no proof that the other successor is never reached.
constexpr uint32_t kUsual = 2000;
constexpr uint32_t kRare = 1;

// Returns the !prof node for the branch hint of an `if` or `br_if`, or null if it has no hint.
// Hints are sorted by offset; those of instructions in dead code, which are not translated, are
// skipped.
llvm::MDNode* hintedWeights(FunctionBuilder& f, const Inst& branch) {
  while (!f.hints.empty() && f.hints.front().offset < branch.offset) f.hints = f.hints.subspan(1);
  if (f.hints.empty() || f.hints.front().offset != branch.offset) return nullptr;
  bool isLikely = f.hints.front().isLikely;
  return llvm::MDBuilder(f.ir.getContext())
      .createBranchWeights(isLikely ? kUsual : kRare, isLikely ? kRare : kUsual);
}

// Starts the else arm of an `if`, with the parameters of the `if` on the stack.
void startElseArm(FunctionBuilder& f, const Frame& frame) {
  startBlock(f, frame.elseArm);
  f.stack.truncate(frame.height);
  for (Value* param : frame.params) f.push(param);
}

// Adds a return of the topmost operands. More results than fit in registers are stored to the
// results buffer in order (abi::ExecState::results).
void emitReturn(FunctionBuilder& f) {
  f.fuel.save();
  Values results = f.stack.popMany(f.signature.results.size());
  if (results.empty()) {
    f.ir.CreateRetVoid();
  } else if (results.size() == 1) {
    f.ir.CreateRet(results[0]);
  } else if (!AbiLowering::resultsInMemory(f.signature)) {
    f.ir.CreateAggregateRet(results.data(), results.size());
  } else {
    Value* buffer = resultsBuffer(f);
    for (size_t i = 0; i < results.size(); ++i) {
      f.ir.CreateStore(results[i], AbiLowering::at(f.ir, buffer, i * sizeof(abi::Slot)));
    }
    f.ir.CreateRetVoid();
  }
}

// Ends a legacy `try` after its last part: the exceptions that no catch takes go on.
void endTry(FunctionBuilder& f, Frame& frame) {
  if (frame.handler.dispatch != nullptr) {
    if (!startDispatch(f, frame.handler)) return;
    frame.caught = frame.handler.exception;
  } else if (frame.elseArm != nullptr) {
    startBlock(f, frame.elseArm);
  } else {
    return;
  }
  throwTo(f, f.control.handler(), frame.caught);
}

// Ends an `if` without `else`, which passes its parameters through.
void endIf(FunctionBuilder& f, const Frame& frame) {
  startElseArm(f, frame);
  jumpTo(f, frame.end, frame.endPhis);
}

}  // namespace

void unreachable(FunctionBuilder& f, const Inst&) {
  trapNow(f, abi::TrapCode::Unreachable);
  markUnreachable(f);
}

void nop(FunctionBuilder&, const Inst&) {}

// A block needs no start of its own: branches to its label go to its end.
void block(FunctionBuilder& f, const Inst& inst) {
  f.control.push(blockFrame(f, FrameKind::Block, inst.block));
}

// The operands become the phis of the loop's head, which branches to its label reach as well. They
// are on the stack during the body instead of the operands.
void loop(FunctionBuilder& f, const Inst& inst) {
  BlockSignature signature = signatureOf(f, inst.block);
  BasicBlock* head = detachedBlock(f, "loop");
  Phis phis = makePhis(f, head, signature.params);
  jumpTo(f, head, phis);
  f.stack.popMany(phis.size());
  size_t height = f.stack.size();
  for (PHINode* phi : phis) f.push(phi);
  startBlock(f, head);
  if (f.fuel.isCounting()) f.setLocation(inst, true);
  f.fuel.check();
  // The time of a loop usually exceeds that of the call, so inlining it gains little. The threshold
  // is lower than LLVM's default.
  f.function->addFnAttr("function-inline-threshold", f.fuel.isCounting() ? "120" : "80");
  f.control.push({.kind = FrameKind::Loop, .height = height, .label = head, .labelPhis = phis});
}

// The operands are saved in the frame, since the then arm may consume them before the else arm
// needs them.
void ifThen(FunctionBuilder& f, const Inst& inst) {
  Value* condition = popCondition(f);
  f.fuel.settle();
  BasicBlock* thenArm = detachedBlock(f, "then");
  Frame frame = blockFrame(f, FrameKind::If, inst.block);
  frame.elseArm = detachedBlock(f, "else");
  std::span<Value* const> operands = f.stack.topmost(signatureOf(f, inst.block).params.size());
  frame.params.assign(operands.begin(), operands.end());
  f.ir.CreateCondBr(condition, thenArm, frame.elseArm, hintedWeights(f, inst));
  startBlock(f, thenArm);
  f.control.push(std::move(frame));
}

// Is also called if the then arm cannot be reached at its end. The else arm always can be reached,
// since the `if` itself could.
void elseArm(FunctionBuilder& f, const Inst&) {
  Frame& frame = f.control.innermost();
  if (!f.control.isDead) jumpTo(f, frame.end, frame.endPhis);
  f.control.isDead = false;
  startElseArm(f, frame);
  frame.elseArm = nullptr;
}

// A loop has no phis at its end: the only way to it is from the code before, whose operands are the
// results.
void end(FunctionBuilder& f, const Inst&) {
  Frame frame = f.control.pop();
  if (frame.kind == FrameKind::Loop) {
    if (f.control.isDead) f.stack.truncate(frame.height);
    return;
  }
  if (frame.kind == FrameKind::TryTable) {
    f.fuel.settle();
    emitCatches(f, frame);
  }
  bool isPlain = frame.kind == FrameKind::Block || frame.kind == FrameKind::TryTable;
  if (isPlain && !f.control.isDead && llvm::pred_empty(frame.end)) {
    delete frame.end;  // no branch leads there, so the code continues in the current block
    return;
  }
  if (!f.control.isDead) jumpTo(f, frame.end, frame.endPhis);
  if (frame.kind == FrameKind::If && frame.elseArm != nullptr) endIf(f, frame);
  if (frame.kind == FrameKind::LegacyTry) endTry(f, frame);
  continueBehind(f, frame);
  if (frame.kind == FrameKind::Function && !f.control.isDead) emitReturn(f);
}

void br(FunctionBuilder& f, const Inst& inst) {
  Frame& target = f.control.at(inst.index);
  jumpTo(f, target.label, target.labelPhis);
  markUnreachable(f);
}

void brIf(FunctionBuilder& f, const Inst& inst) {
  branchIf(f, popCondition(f), inst.index, hintedWeights(f, inst));
}

// Branches without the reference if it is null, else continues with it.
void brOnNull(FunctionBuilder& f, const Inst& inst) {
  Value* reference = f.pop();
  branchIf(f, f.ir.CreateIsNull(reference), inst.index);
  f.push(reference);
}

// Branches with the reference if it is not null, else continues without it.
void brOnNonNull(FunctionBuilder& f, const Inst& inst) {
  branchIf(f, f.ir.CreateIsNotNull(f.stack.top()), inst.index);
  f.pop();
}

// The last label is the default. Targets may repeat.
void brTable(FunctionBuilder& f, const Inst& inst) {
  Value* selector = f.pop();
  f.fuel.settle();
  Frame& fallback = f.control.at(inst.labels.back());
  llvm::SwitchInst* table = f.ir.CreateSwitch(selector, fallback.label, inst.labels.size() - 1);
  // In LLVM a phi has one incoming value per edge, even if several edges come from the same switch.
  addIncoming(f, fallback.labelPhis);
  for (uint32_t i = 0; i + 1 < inst.labels.size(); ++i) {
    Frame& target = f.control.at(inst.labels[i]);
    table->addCase(f.ir.getInt32(i), target.label);
    addIncoming(f, target.labelPhis);
  }
  markUnreachable(f);
}

// Returns by a branch to the end of the body, so that the code that returns results exists once.
void ret(FunctionBuilder& f, const Inst&) {
  Frame& function = f.control.function();
  jumpTo(f, function.label, function.labelPhis);
  markUnreachable(f);
}

}  // namespace codegen::emit
