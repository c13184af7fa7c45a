#include "compiler/codegen/translate/builder/calls.h"

#include "compiler/codegen/abi/reference_facts.h"
#include "compiler/codegen/translate/builder/trap_sites.h"
#include "runtime/base/check.h"

namespace codegen {

using llvm::BasicBlock;
using llvm::Value;

namespace {

// Adds a call with the context as the first argument. An exception leaves the function.
llvm::CallInst* createCall(FunctionBuilder& f, const wasm::FuncType& type, const Callee& callee,
                           Values args) {
  args.insert(args.begin(), callee.context);
  f.fuel.saveForCall();
  llvm::CallInst* call = f.ir.CreateCall(f.abi.functionType(type), callee.code, args);
  AbiLowering::markCall(*call, callee.entry);
  addReferenceFacts(*call, type);
  return call;
}

// Adds a call likewise. An exception goes to the handler at this place, if there is one.
llvm::CallBase* createCallOrInvoke(FunctionBuilder& f, const wasm::FuncType& type,
                                   const Callee& callee, Values args) {
  BasicBlock* pad = unwindDestination(f);
  if (pad == nullptr) return createCall(f, type, callee, std::move(args));
  args.insert(args.begin(), callee.context);
  f.fuel.saveForCall();
  BasicBlock* next = newBlock(f, "");
  llvm::InvokeInst* call =
      f.ir.CreateInvoke(f.abi.functionType(type), callee.code, next, pad, args);
  AbiLowering::markCall(*call, callee.entry);
  addReferenceFacts(*call, type);
  startBlock(f, next);
  return call;
}

// Returns the function's abi::CrossInstanceCall, which all its calls share. The callee's thunk
// reads it before anything else is called.
llvm::AllocaInst* crossInstanceCallSlot(FunctionBuilder& f) {
  if (f.crossInstanceCall == nullptr) {
    llvm::Type* pointer = f.ir.getPtrTy();
    f.crossInstanceCall =
        f.entry.CreateAlloca(llvm::StructType::get(pointer, pointer), nullptr, "crossing");
  }
  return f.crossInstanceCall;
}

}  // namespace

Callee ownCallee(FunctionBuilder& f, uint32_t functionIndex) {
  return {f.module.function(functionIndex), f.context, f.module.entryOf(functionIndex)};
}

// The tail calls of a function may change the size of the argument area, on which the stack pointer
// at a landing pad depends. So an invoke calls such a function through another frame.
Callee ownCalleeOfCall(FunctionBuilder& f, uint32_t functionIndex) {
  bool isTail = f.module.entryOf(functionIndex) == Entry::Tail;
  if (!isTail || f.control.handler() == nullptr) return ownCallee(f, functionIndex);
  return {f.module.fastCaller(functionIndex), f.context, Entry::Fast};
}

// The context contains an abi::FuncRef for each function that `ref.func` can name, since validation
// demands that it also occurs outside of bodies (ModulePlan::funcRefs).
Value* functionReference(FunctionBuilder& f, uint32_t functionIndex) {
  std::optional<uint32_t> slot = f.plan().funcRefSlot(functionIndex);
  CHECK(slot.has_value());
  return AbiLowering::at(f.ir, f.context,
                         f.plan().layout().funcRefs + *slot * sizeof(abi::FuncRef));
}

Callee calleeAt(FunctionBuilder& f, Value* entries, Entry entry) {
  uint64_t codeOffset = entry == Entry::Tail ? offsetof(abi::ImportedFunction, tailEntry)
                                             : offsetof(abi::ImportedFunction, fastEntry);
  Value* code = f.abi.loadInvariant(f.ir, f.ir.getPtrTy(), entries, codeOffset);
  Value* context =
      f.abi.loadInvariant(f.ir, f.ir.getPtrTy(), entries, offsetof(abi::ImportedFunction, context));
  return {code, context, entry};
}

Value* importedEntries(FunctionBuilder& f, uint32_t functionIndex) {
  return AbiLowering::at(
      f.ir, f.context,
      f.plan().layout().importedFunctions + functionIndex * sizeof(abi::ImportedFunction));
}

// A comparison of contexts suffices: functions of one instance share its context, and for a host
// function the thunk is correct, too, only slower.
Callee crossIfForeign(FunctionBuilder& f, uint32_t typeIndex, const Callee& callee) {
  if (!f.module.target().hasSegmentBase()) return callee;
  llvm::AllocaInst* crossing = crossInstanceCallSlot(f);
  BasicBlock* known = f.ir.GetInsertBlock();
  BasicBlock* foreign = newBlock(f, "foreign");
  BasicBlock* ready = newBlock(f, "ready");
  branchLikely(f, f.ir.CreateICmpEQ(callee.context, f.context), ready, foreign);
  auto put = [&](Value* value, uint64_t offset) {
    f.ir.CreateStore(value, AbiLowering::at(f.ir, crossing, offset));
  };
  put(callee.code, offsetof(abi::CrossInstanceCall, fastEntry));
  put(callee.context, offsetof(abi::CrossInstanceCall, context));
  f.ir.CreateBr(ready);
  startBlock(f, ready);
  auto either = [&](Value* own, Value* other) {
    llvm::PHINode* phi = f.ir.CreatePHI(f.ir.getPtrTy(), 2);
    phi->addIncoming(own, known);
    phi->addIncoming(other, foreign);
    return phi;
  };
  Value* code = either(callee.code, f.module.crossInstanceThunk(typeIndex));
  return {code, either(f.context, crossing), Entry::Fast};
}

void emitCall(FunctionBuilder& f, const wasm::FuncType& type, const Callee& callee) {
  llvm::CallBase* call = createCallOrInvoke(f, type, callee, f.stack.popMany(type.params.size()));
  f.fuel.reload();
  size_t count = type.results.size();
  if (count == 1) {
    f.push(call);
  } else if (!AbiLowering::resultsInMemory(type)) {
    for (unsigned i = 0; i < count; ++i) f.push(f.ir.CreateExtractValue(call, i));
  } else {
    Value* buffer = resultsBuffer(f);
    for (size_t i = 0; i < count; ++i) {
      Value* slot = AbiLowering::at(f.ir, buffer, i * sizeof(abi::Slot));
      f.push(f.ir.CreateLoad(f.type(type.results[i]), slot));
    }
  }
}

// Validation ensures that the results have the types of this function's own results, and results in
// memory are already in the buffer that its caller reads. A callee without a tail entry makes no
// tail calls itself, so a sequence of tail calls keeps at most one frame, that of this last call.
void emitReturnCall(FunctionBuilder& f, const wasm::FuncType& type, const Callee& callee,
                    const Values& args) {
  llvm::CallInst* call = createCall(f, type, callee, args);
  if (callee.entry == Entry::Tail) call->setTailCallKind(llvm::CallInst::TCK_MustTail);
  if (call->getType()->isVoidTy()) {
    f.ir.CreateRetVoid();
  } else {
    f.ir.CreateRet(call);
  }
}

// A function with a tail entry belongs to a module whose code uses no segment base
// (ModulePlan::canHaveSegmentBase), so only the fast entry may need the cross-instance thunk.
void returnCallThrough(FunctionBuilder& f, const wasm::FuncType& type, Value* entries,
                       std::optional<uint32_t> referenceType) {
  Values args = f.stack.popMany(type.params.size());
  f.fuel.settle();
  Callee tail = calleeAt(f, entries, Entry::Tail);
  BasicBlock* asTail = newBlock(f, "tail");
  BasicBlock* asCall = newBlock(f, "fast");
  f.ir.CreateCondBr(f.ir.CreateIsNull(tail.code), asCall, asTail);
  startBlock(f, asTail);
  emitReturnCall(f, type, tail, args);
  startBlock(f, asCall);
  Callee fast = calleeAt(f, entries, Entry::Fast);
  emitReturnCall(f, type, referenceType ? crossIfForeign(f, *referenceType, fast) : fast, args);
  markUnreachable(f);
}

Value* execState(FunctionBuilder& f) {
  return f.abi.loadInvariant(f.ir, f.ir.getPtrTy(), f.context, offsetof(abi::ContextHeader, state));
}

Value* resultsBuffer(FunctionBuilder& f) {
  return f.abi.loadInvariant(f.ir, f.ir.getPtrTy(), execState(f),
                             offsetof(abi::ExecState, results));
}

Value* callBuiltin(FunctionBuilder& f, const Builtin& builtin, llvm::ArrayRef<Value*> args) {
  Values all{f.context};
  all.append(args.begin(), args.end());
  return f.abi.callBuiltin(f.ir, execState(f), builtin, all);
}

void callTrappingBuiltin(FunctionBuilder& f, const Builtin& builtin, llvm::ArrayRef<Value*> args,
                         abi::TrapCode code) {
  trapIf(f, f.ir.CreateIsNotNull(callBuiltin(f, builtin, args)), code);
}

}  // namespace codegen
