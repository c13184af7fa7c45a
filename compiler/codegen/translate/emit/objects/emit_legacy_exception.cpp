// The legacy exception handling instructions (the exception handling proposal before exnref):
// `try`, `catch`, `catch_all`, `delegate` and `rethrow`. A `try` has a dispatch block as a
// try_table has; its catches are code of its own, which follows the block.
#include "compiler/codegen/translate/emit/emitters.h"
#include "compiler/codegen/translate/objects/exception_handlers.h"

namespace codegen::emit {
namespace {

using llvm::BasicBlock;
using llvm::Value;

// Ends the part of a `try` before a catch, and continues where the catches before it do not match.
// If the exception cannot be there, the catch is unreachable.
Frame& startCatch(FunctionBuilder& f) {
  Frame& frame = f.control.innermost();
  if (!f.control.isDead) jumpTo(f, frame.end, frame.endPhis);
  f.stack.truncate(frame.height);
  f.control.isDead = false;
  bool isFirst = frame.handler.dispatch != nullptr;
  if (isFirst) {
    f.control.endBody();
    bool isReachable = startDispatch(f, frame.handler);
    frame.caught = isReachable ? frame.handler.exception : nullptr;
    frame.handler.dispatch = nullptr;
  } else if (frame.elseArm != nullptr) {
    startBlock(f, frame.elseArm);
  }
  frame.elseArm = nullptr;
  return frame;
}

}  // namespace

void legacyTry(FunctionBuilder& f, const Inst& inst) {
  Frame frame = blockFrame(f, FrameKind::LegacyTry, inst.block);
  frame.handler = openHandler(f, inst);
  f.control.push(std::move(frame));
}

// The block for exceptions with other tags is kept as the frame's else arm until the next catch or
// the end.
void legacyCatch(FunctionBuilder& f, const Inst& inst) {
  Frame& frame = startCatch(f);
  if (frame.caught == nullptr) return markUnreachable(f);
  BasicBlock* match = newBlock(f, "catch");
  frame.elseArm = detachedBlock(f, "next");
  f.ir.CreateCondBr(hasTag(f, frame.caught, inst.index), match, frame.elseArm);
  startBlock(f, match);
  pushArguments(f, frame.caught, inst.index);
}

void legacyCatchAll(FunctionBuilder& f, const Inst&) {
  if (startCatch(f).caught == nullptr) markUnreachable(f);
}

// The exceptions of the body go where they would go if they were thrown directly inside of the
// frame of the label, which is counted without the `try`.
void legacyDelegate(FunctionBuilder& f, const Inst& inst) {
  Frame frame = f.control.pop();
  if (!f.control.isDead) jumpTo(f, frame.end, frame.endPhis);
  if (startDispatch(f, frame.handler)) {
    throwTo(f, f.control.handlerIn(inst.index), frame.handler.exception);
  }
  continueBehind(f, frame);
}

void legacyRethrow(FunctionBuilder& f, const Inst& inst) {
  throwTo(f, f.control.handler(), f.control.at(inst.index).caught);
  markUnreachable(f);
}

}  // namespace codegen::emit
