#include "compiler/codegen/translate/objects/exception_handlers.h"

#include <llvm/IR/CFG.h>

#include "compiler/codegen/translate/objects/objects.h"

namespace codegen {

using llvm::BasicBlock;
using llvm::Value;
using Kind = wasm::CatchClause::Kind;

namespace {

// Returns the address of a tag, which identifies it.
Value* tagAddress(FunctionBuilder& f, uint32_t tag) {
  return f.abi.loadInvariant(f.ir, f.ir.getPtrTy(), f.context,
                             f.plan().layout().tags + tag * sizeof(void*));
}

// LLVM demands a landing pad with a clause. This one catches everything, since the code behind it
// compares the tags. The unwinder (runtime/unwind) reads no clauses.
void fillPad(FunctionBuilder& f, Handler& handler) {
  startBlock(f, handler.pad);
  llvm::Type* type = llvm::StructType::get(f.ir.getPtrTy(), f.ir.getInt32Ty());
  llvm::LandingPadInst* pad = f.ir.CreateLandingPad(type, 1);
  pad->addClause(llvm::ConstantPointerNull::get(f.ir.getPtrTy()));
  f.fuel.reload();
  handler.exception->addIncoming(f.ir.CreateExtractValue(pad, 0), handler.pad);
  f.ir.CreateBr(handler.dispatch);
}

void emitCatch(FunctionBuilder& f, const wasm::CatchClause& clause, Value* exception) {
  size_t height = f.stack.size();
  if (clause.kind == Kind::Catch || clause.kind == Kind::CatchRef) {
    pushArguments(f, exception, clause.tag);
  }
  if (clause.kind == Kind::CatchRef || clause.kind == Kind::CatchAllRef) f.push(exception);
  Frame& target = f.control.at(clause.label);
  jumpTo(f, target.label, target.labelPhis);
  f.stack.truncate(height);
}

}  // namespace

Handler openHandler(FunctionBuilder& f, const Inst& inst) {
  f.setLocation(inst, true);
  BasicBlock* dispatch = detachedBlock(f, "dispatch");
  auto* exception = llvm::PHINode::Create(f.ir.getPtrTy(), 2, "exception", dispatch);
  return {nullptr, dispatch, exception, f.ir.getCurrentDebugLocation()};
}

void throwTo(FunctionBuilder& f, Handler* handler, Value* exception) {
  if (handler == nullptr) {
    f.fuel.save();
    f.ir.CreateCall(f.module.throwException(), {f.context, exception})
        ->addFnAttr(llvm::Attribute::NoMerge);
    f.ir.CreateUnreachable();
    return;
  }
  f.fuel.settle();
  handler->exception->addIncoming(exception, f.ir.GetInsertBlock());
  f.ir.CreateBr(handler->dispatch);
}

bool startDispatch(FunctionBuilder& f, Handler& handler) {
  if (handler.pad == nullptr && handler.exception->getNumIncomingValues() == 0) {
    delete handler.dispatch;
    return false;
  }
  f.ir.SetCurrentDebugLocation(handler.location);
  if (handler.pad != nullptr) fillPad(f, handler);
  startBlock(f, handler.dispatch);
  return true;
}

Value* newException(FunctionBuilder& f, uint32_t tag, const Values& arguments) {
  uint32_t typeIndex = f.source().tags[tag].typeIndex;
  Value* exception = newObject(f, typeIndex);
  Value* place = AbiLowering::at(f.ir, exception, abi::kExceptionTag);
  f.abi.inObject(f.ir.CreateStore(tagAddress(f, tag), place), f.abi.tagTag());
  for (uint32_t i = 0; i < arguments.size(); ++i) {
    initField(f, exceptionArgument(f, typeIndex, i, exception), arguments[i]);
  }
  return exception;
}

Value* hasTag(FunctionBuilder& f, Value* exception, uint32_t tag) {
  Value* place = AbiLowering::at(f.ir, exception, abi::kExceptionTag);
  Value* found = f.abi.inObject(f.ir.CreateLoad(f.ir.getPtrTy(), place), f.abi.tagTag());
  return f.ir.CreateICmpEQ(found, tagAddress(f, tag));
}

void pushArguments(FunctionBuilder& f, Value* exception, uint32_t tag) {
  uint32_t typeIndex = f.source().tags[tag].typeIndex;
  size_t count = f.source().types[typeIndex].func.params.size();
  for (uint32_t i = 0; i < count; ++i) {
    f.push(loadField(f, exceptionArgument(f, typeIndex, i, exception)));
  }
}

void emitCatches(FunctionBuilder& f, Frame& frame) {
  llvm::IRBuilder<>::InsertPointGuard guard(f.ir);
  if (!startDispatch(f, frame.handler)) return;
  Value* exception = frame.handler.exception;
  for (const wasm::CatchClause& clause : frame.catches) {
    bool catchesAll = clause.kind == Kind::CatchAll || clause.kind == Kind::CatchAllRef;
    if (catchesAll) return emitCatch(f, clause, exception);
    BasicBlock* match = newBlock(f, "catch");
    BasicBlock* next = newBlock(f, "");
    f.ir.CreateCondBr(hasTag(f, exception, clause.tag), match, next);
    startBlock(f, match);
    emitCatch(f, clause, exception);
    startBlock(f, next);
  }
  throwTo(f, f.control.handler(), exception);
}

}  // namespace codegen
