// Calls: direct, imported, indirect, and into the runtime.
#include "compiler/codegen/translate/constant_table_globals.h"
#include "compiler/codegen/translate/function_emitter.h"

namespace codegen {

using llvm::BasicBlock;
using llvm::Value;

Value* FunctionEmitter::execState() {
  return abi_.loadInvariant(builder_, builder_.getPtrTy(), context_,
                            offsetof(abi::ContextHeader, state));
}

FunctionEmitter::Callee FunctionEmitter::ownCallee(uint32_t functionIndex) {
  return {module_.function(functionIndex), context_, module_.entryOf(functionIndex)};
}

// `entries` points to an abi::ImportedFunction, or to an abi::FuncRef, which begins like one.
FunctionEmitter::Callee FunctionEmitter::calleeAt(Value* entries, Entry entry) {
  uint64_t codeOffset = entry == Entry::Tail ? offsetof(abi::ImportedFunction, tailEntry)
                                             : offsetof(abi::ImportedFunction, fastEntry);
  Value* code = abi_.loadInvariant(builder_, builder_.getPtrTy(), entries, codeOffset);
  Value* context = abi_.loadInvariant(builder_, builder_.getPtrTy(), entries,
                                      offsetof(abi::ImportedFunction, context));
  return {code, context, entry};
}

Value* FunctionEmitter::importedEntries(uint32_t functionIndex) {
  return AbiLowering::at(
      builder_, context_,
      plan_.layout().importedFunctions + functionIndex * sizeof(abi::ImportedFunction));
}

llvm::CallInst* FunctionEmitter::createCall(const wasm::FuncType& type, const Callee& callee,
                                            Values args) {
  args.insert(args.begin(), callee.context);
  llvm::CallInst* call = builder_.CreateCall(abi_.functionType(type), callee.code, args);
  AbiLowering::markCall(*call, callee.entry);
  return call;
}

// Pops the arguments, calls, pushes the results.
void FunctionEmitter::emitCall(const wasm::FuncType& type, const Callee& callee) {
  llvm::CallInst* call = createCall(type, callee, popMany(type.params.size()));
  size_t count = type.results.size();
  if (count == 1) {
    push(call);
  } else if (!AbiLowering::resultsInMemory(type)) {
    for (unsigned i = 0; i < count; ++i) push(builder_.CreateExtractValue(call, i));
  } else {
    Value* buffer = abi_.loadInvariant(builder_, builder_.getPtrTy(), execState(),
                                       offsetof(abi::ExecState, results));
    for (size_t i = 0; i < count; ++i) {
      Value* slot = AbiLowering::at(builder_, buffer, i * sizeof(abi::Slot));
      push(builder_.CreateLoad(this->type(type.results[i]), slot));
    }
  }
}

// Calls and returns what comes back: the results have the same types, and those in memory are
// already where this function's caller looks for them. Through a tail entry the frame is given up
// first. A callee that has none makes no tail calls itself, so that the one frame which is kept for
// it is not followed by another before a call that nests in any case.
void FunctionEmitter::emitReturnCall(const wasm::FuncType& type, const Callee& callee,
                                     const Values& args) {
  llvm::CallInst* call = createCall(type, callee, args);
  if (callee.entry == Entry::Tail) call->setTailCallKind(llvm::CallInst::TCK_MustTail);
  if (call->getType()->isVoidTy()) {
    builder_.CreateRetVoid();
  } else {
    builder_.CreateRet(call);
  }
}

// Whether the function at `entries` has a tail entry shows only now. One that has is of a module
// whose code needs no segment base (ModulePlan::makesTailCalls).
void FunctionEmitter::returnCallThrough(const wasm::FuncType& type, Value* entries,
                                        std::optional<uint32_t> referenceType) {
  Values args = popMany(type.params.size());
  Callee tail = calleeAt(entries, Entry::Tail);
  BasicBlock* asTail = newBlock("tail");
  BasicBlock* asCall = newBlock("fast");
  builder_.CreateCondBr(builder_.CreateIsNull(tail.code), asCall, asTail);
  startBlock(asTail);
  emitReturnCall(type, tail, args);
  startBlock(asCall);
  Callee fast = calleeAt(entries, Entry::Fast);
  emitReturnCall(type, referenceType ? crossIfForeign(*referenceType, fast) : fast, args);
  die();
}

void FunctionEmitter::call(const Inst& inst) {
  bool isImport = inst.index < source().importedFunctions;
  emitCall(source().functionType(inst.index),
           isImport ? calleeAt(importedEntries(inst.index), Entry::Fast) : ownCallee(inst.index));
}

void FunctionEmitter::returnCall(const Inst& inst) {
  const wasm::FuncType& type = source().functionType(inst.index);
  if (inst.index < source().importedFunctions) {
    returnCallThrough(type, importedEntries(inst.index), std::nullopt);
    return;
  }
  emitReturnCall(type, ownCallee(inst.index), popMany(type.params.size()));
  die();
}

// Pops an index; the table's element there, of which it is sure that it can be called.
//
// One compare decides: a null element has a type id that no function has. Only when it fails is
// told what it was, and, if the type has subtypes, asked whether the function's is one.
Value* FunctionEmitter::tableCallee(const Inst& inst) {
  Value* element = tableElement(inst.index2, pop(), abi::TrapCode::UndefinedElement);
  Value* actual = elementField(element, builder_.getInt32Ty(), offsetof(abi::FuncElement, typeId));
  Value* expected = abi_.loadInvariant(builder_, builder_.getInt32Ty(), context_,
                                       plan_.layout().typeIds + inst.index * sizeof(uint32_t));
  BasicBlock* mismatch = newBlock("mismatch");
  BasicBlock* match = newBlock("match");
  builder_.CreateCondBr(builder_.CreateICmpEQ(actual, expected), match, mismatch,
                        llvm::MDBuilder(module_.context()).createLikelyBranchWeights());
  startBlock(mismatch);
  trapIf(builder_.CreateICmpEQ(actual, builder_.getInt32(abi::kNullTypeId)),
         abi::TrapCode::UninitializedElement);
  if (source().types[inst.index].isFinal) {
    trapNow(abi::TrapCode::IndirectCallTypeMismatch);
  } else {
    Value* isSubtype = callBuiltin(builtins::isSubtype, {actual, expected});
    trapIf(builder_.CreateIsNull(isSubtype), abi::TrapCode::IndirectCallTypeMismatch);
    builder_.CreateBr(match);
  }
  startBlock(match);
  return element;
}

// What a reference leads to may be a function of another instance, whose code needs another segment
// base: then it is a thunk that is called, with a Crossing to the function.
FunctionEmitter::Callee FunctionEmitter::crossIfForeign(uint32_t typeIndex, const Callee& callee) {
  if (!module_.target().hasSegmentBase()) return callee;
  llvm::AllocaInst*& crossing = crossing_;
  if (crossing == nullptr) {
    llvm::Type* pointer = builder_.getPtrTy();
    crossing = entry_.CreateAlloca(llvm::StructType::get(pointer, pointer), nullptr, "crossing");
  }
  BasicBlock* known = builder_.GetInsertBlock();
  BasicBlock* foreign = newBlock("foreign");
  BasicBlock* ready = newBlock("ready");
  builder_.CreateCondBr(builder_.CreateICmpEQ(callee.context, context_), ready, foreign,
                        llvm::MDBuilder(module_.context()).createLikelyBranchWeights());
  startBlock(foreign);
  auto put = [&](Value* value, uint64_t offset) {
    builder_.CreateStore(value, AbiLowering::at(builder_, crossing, offset));
  };
  put(callee.code, offsetof(abi::Crossing, fastEntry));
  put(callee.context, offsetof(abi::Crossing, context));
  builder_.CreateBr(ready);
  startBlock(ready);
  auto either = [&](Value* own, Value* other) {
    llvm::PHINode* phi = builder_.CreatePHI(builder_.getPtrTy(), 2);
    phi->addIncoming(own, known);
    phi->addIncoming(other, foreign);
    return phi;
  };
  Value* code = either(callee.code, module_.crossingThunk(typeIndex));
  return {code, either(context_, crossing), Entry::Fast};
}

Value* FunctionEmitter::constantElementType(uint32_t table, Value* element) {
  Value* offset = builder_.CreateShl(element, 2, "", true, true);
  Value* at =
      builder_.CreateInBoundsGEP(builder_.getInt8Ty(), elementTypes(module_, table), offset);
  return abi_.loadInvariant(builder_, builder_.getInt32Ty(), at, 0);
}

// The index of an element, once it is sure that there is one. The constants have elements up to a
// power of two.
Value* FunctionEmitter::checkedConstantElement(uint32_t table, Value* element) {
  size_t size = plan_.constantTables().find(table)->functions.size();
  trapIf(builder_.CreateICmpUGE(element, builder_.getInt64(size)), abi::TrapCode::UndefinedElement);
  if (module_.options().spectre == Spectre::Off) return element;
  return builder_.CreateAnd(opaque(element),
                            builder_.getInt64(constantElementCount(module_, table) - 1));
}

// For an element of the table that has not the type that is called.
void FunctionEmitter::trapInConstantTable(uint32_t table, Value* element) {
  Value* isNull = builder_.CreateICmpEQ(constantElementType(table, element),
                                        builder_.getInt32(ConstantTables::kNull));
  trapIf(isNull, abi::TrapCode::UninitializedElement);
  trapNow(abi::TrapCode::IndirectCallTypeMismatch);
}

// Through a table whose elements are constants. All callees are functions of this instance.
void FunctionEmitter::callConstantElement(const Inst& inst,
                                          const ConstantTables::Callees& callees) {
  uint32_t table = inst.index2;
  const ConstantTables::Table& fixed = *plan_.constantTables().find(table);
  Value* element = widen(pop());
  BasicBlock* mismatch = newBlock("mismatch");
  BasicBlock* match = newBlock("match");
  Value* isMatch;
  if (callees.count == 1) {
    isMatch = builder_.CreateICmpEQ(element, builder_.getInt64(callees.element));
  } else {
    element = checkedConstantElement(table, element);
    isMatch =
        builder_.CreateICmpEQ(constantElementType(table, element), builder_.getInt32(callees.type));
  }
  builder_.CreateCondBr(isMatch, match, mismatch,
                        llvm::MDBuilder(module_.context()).createLikelyBranchWeights());
  startBlock(mismatch);
  if (callees.count == 1) element = checkedConstantElement(table, element);
  trapInConstantTable(table, element);
  startBlock(match);
  const wasm::FuncType& type = source().types[inst.index].func;
  if (callees.count == 1) {
    emitCall(type, ownCallee(fixed.functions[callees.element]));
    return;
  }
  Value* offset = builder_.CreateShl(element, 3, "", true, true);
  Value* at = builder_.CreateInBoundsGEP(builder_.getInt8Ty(), elementCode(module_, table), offset);
  Value* code = abi_.loadInvariant(builder_, builder_.getPtrTy(), at, 0);
  emitCall(type, {code, context_, Entry::Fast});
}

void FunctionEmitter::callIndirect(const Inst& inst) {
  const ConstantTables::Callees* fixed = plan_.constantTables().calleesOf(inst.index2, inst.index);
  if (fixed != nullptr) return callConstantElement(inst, *fixed);
  Value* element = tableCallee(inst);
  Value* entry = elementField(element, builder_.getPtrTy(), offsetof(abi::FuncElement, fastEntry));
  Value* context = elementField(element, builder_.getPtrTy(), offsetof(abi::FuncElement, context));
  emitCall(source().types[inst.index].func,
           crossIfForeign(inst.index, {entry, context, Entry::Fast}));
}

void FunctionEmitter::returnCallIndirect(const Inst& inst) {
  Value* element = tableCallee(inst);
  returnCallThrough(
      source().types[inst.index].func,
      elementField(element, builder_.getPtrTy(), offsetof(abi::FuncElement, reference)),
      inst.index);
}

Value* FunctionEmitter::popCalleeReference() {
  Value* reference = pop();
  trapIf(builder_.CreateIsNull(reference), abi::TrapCode::NullFunctionReference);
  return reference;
}

void FunctionEmitter::callRef(const Inst& inst) {
  Callee callee = calleeAt(popCalleeReference(), Entry::Fast);
  emitCall(source().types[inst.index].func, crossIfForeign(inst.index, callee));
}

void FunctionEmitter::returnCallRef(const Inst& inst) {
  returnCallThrough(source().types[inst.index].func, popCalleeReference(), inst.index);
}

Value* FunctionEmitter::callBuiltin(const Builtin& builtin, llvm::ArrayRef<Value*> args) {
  Values all{context_};
  all.append(args.begin(), args.end());
  return abi_.callBuiltin(builder_, execState(), builtin, all);
}

// For builtins that say with a trap code whether they did it; all their failures are `code`.
void FunctionEmitter::callTrappingBuiltin(const Builtin& builtin, llvm::ArrayRef<Value*> args,
                                          abi::TrapCode code) {
  trapIf(builder_.CreateIsNotNull(callBuiltin(builtin, args)), code);
}

}  // namespace codegen
