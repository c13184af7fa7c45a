// Tables, globals and references (sections 4.4.5 to 4.4.6 and 4.4.3).
//
// What others than this module see of its state is as the specification says when it traps, so that
// nothing passes a store to a table, or to a global that is imported or exported.
#include "compiler/codegen/abi/value_type.h"
#include "compiler/codegen/translate/function_emitter.h"

namespace codegen {

using llvm::BasicBlock;
using llvm::Value;

const wasm::Limits& FunctionEmitter::tableLimits(uint32_t table) const {
  return source().tables[table].type.limits;
}

bool FunctionEmitter::isFunctionTable(uint32_t table) const {
  return valueType(source(), source().tables[table].type.element).kind == abi::ValueKind::FuncRef;
}

Value* FunctionEmitter::tableDef(uint32_t table) {
  return abi_.loadInvariant(builder_, builder_.getPtrTy(), context_,
                            plan_.layout().tables + table * sizeof(abi::TableDef*));
}

Value* FunctionEmitter::tableField(Value* def, llvm::Type* type, uint64_t offset) {
  Value* at = AbiLowering::at(builder_, def, offset);
  return abi_.inScope(builder_.CreateLoad(type, at), Scope::Tables);
}

Value* FunctionEmitter::tableSizeOf(Value* def) {
  return tableField(def, builder_.getInt64Ty(), offsetof(abi::TableDef, size));
}

// Pointer to element `index`, after a check against the table's current size.
Value* FunctionEmitter::tableElement(uint32_t table, Value* index, abi::TrapCode outOfBounds) {
  Value* wide = widen(index);
  Value* def = tableDef(table);
  trapIf(builder_.CreateICmpUGE(wide, tableSizeOf(def)), outOfBounds);
  if (module_.options().spectre != Spectre::Off) {
    Value* mask = tableField(def, builder_.getInt64Ty(), offsetof(abi::TableDef, indexMask));
    wide = builder_.CreateAnd(wide, mask);
  }
  Value* elements = tableField(def, builder_.getPtrTy(), offsetof(abi::TableDef, elements));
  uint64_t size = isFunctionTable(table) ? sizeof(abi::FuncElement) : sizeof(abi::RefElement);
  Value* offset = builder_.CreateMul(wide, builder_.getInt64(size), "", true, true);
  return builder_.CreateInBoundsGEP(builder_.getInt8Ty(), elements, offset);
}

Value* FunctionEmitter::elementField(Value* element, llvm::Type* type, uint64_t offset) {
  Value* at = AbiLowering::at(builder_, element, offset);
  return abi_.inScope(builder_.CreateLoad(type, at), Scope::Tables);
}

void FunctionEmitter::tableGet(const Inst& inst) {
  Value* element = tableElement(inst.index, pop(), abi::TrapCode::TableOutOfBounds);
  uint64_t offset = isFunctionTable(inst.index) ? offsetof(abi::FuncElement, reference)
                                                : offsetof(abi::RefElement, reference);
  push(elementField(element, builder_.getPtrTy(), offset));
}

void FunctionEmitter::tableSet(const Inst& inst) {
  Value* reference = pop();
  Value* element = tableElement(inst.index, pop(), abi::TrapCode::TableOutOfBounds);
  auto storeField = [&](Value* value, uint64_t offset) {
    Value* at = AbiLowering::at(builder_, element, offset);
    abi_.inScope(builder_.CreateStore(value, at), Scope::Tables);
  };
  if (!isFunctionTable(inst.index)) {
    abi_.createBarrier(builder_);
    storeField(reference, offsetof(abi::RefElement, reference));
    abi_.createBarrier(builder_);
    return;
  }

  Value* null = llvm::ConstantPointerNull::get(builder_.getPtrTy());
  BasicBlock* before = builder_.GetInsertBlock();
  BasicBlock* copy = newBlock("");
  BasicBlock* join = newBlock("");
  builder_.CreateCondBr(builder_.CreateIsNull(reference), join, copy);
  startBlock(copy);
  auto loadField = [&](llvm::Type* type, uint64_t offset) {
    return abi_.loadInvariant(builder_, type, reference, offset);
  };
  Value* entry = loadField(builder_.getPtrTy(), offsetof(abi::FuncRef, fastEntry));
  Value* context = loadField(builder_.getPtrTy(), offsetof(abi::FuncRef, context));
  Value* typeId = loadField(builder_.getInt32Ty(), offsetof(abi::FuncRef, typeId));
  builder_.CreateBr(join);
  startBlock(join);
  auto merge = [&](Value* copied, Value* ifNull) {
    llvm::PHINode* phi = builder_.CreatePHI(copied->getType(), 2);
    phi->addIncoming(ifNull, before);
    phi->addIncoming(copied, copy);
    return phi;
  };
  entry = merge(entry, null);
  context = merge(context, null);
  typeId = merge(typeId, builder_.getInt32(abi::kNullTypeId));
  abi_.createBarrier(builder_);
  storeField(entry, offsetof(abi::FuncElement, fastEntry));
  storeField(context, offsetof(abi::FuncElement, context));
  storeField(typeId, offsetof(abi::FuncElement, typeId));
  storeField(reference, offsetof(abi::FuncElement, reference));
  abi_.createBarrier(builder_);
}

void FunctionEmitter::tableSize(const Inst& inst) {
  push(narrowTo(tableSizeOf(tableDef(inst.index)), tableLimits(inst.index)));
}

void FunctionEmitter::tableGrow(const Inst& inst) {
  Value* delta = widen(pop());
  Value* reference = pop();
  Value* old = callBuiltin(builtins::tableGrow, {constantIndex(inst.index), reference, delta});
  push(narrowTo(old, tableLimits(inst.index)));
}

void FunctionEmitter::tableFill(const Inst& inst) {
  Value* count = widen(pop());
  Value* reference = pop();
  Value* first = widen(pop());
  callTrappingBuiltin(builtins::tableFill, {constantIndex(inst.index), first, reference, count},
                      abi::TrapCode::TableOutOfBounds);
}

void FunctionEmitter::tableCopy(const Inst& inst) {
  Value* count = widen(pop());
  Value* from = widen(pop());
  Value* to = widen(pop());
  callTrappingBuiltin(builtins::tableCopy,
                      {constantIndex(inst.index), constantIndex(inst.index2), to, from, count},
                      abi::TrapCode::TableOutOfBounds);
}

void FunctionEmitter::tableInit(const Inst& inst) {
  Value* count = widen(pop());
  Value* from = widen(pop());
  Value* to = widen(pop());
  callTrappingBuiltin(builtins::tableInit,
                      {constantIndex(inst.index2), constantIndex(inst.index), to, from, count},
                      abi::TrapCode::TableOutOfBounds);
}

void FunctionEmitter::elemDrop(const Inst& inst) {
  callBuiltin(builtins::elemDrop, {constantIndex(inst.index)});
}

Value* FunctionEmitter::globalAddress(uint32_t global) {
  uint32_t imported = source().importedGlobals;
  if (global < imported) {
    return abi_.loadInvariant(builder_, builder_.getPtrTy(), context_,
                              plan_.layout().importedGlobals + global * sizeof(abi::Slot*));
  }
  return AbiLowering::at(builder_, context_,
                         plan_.layout().globals + (global - imported) * sizeof(abi::Slot));
}

void FunctionEmitter::globalGet(const Inst& inst) {
  const wasm::GlobalType& global = source().globals[inst.index].type;
  Value* address = globalAddress(inst.index);
  if (!global.isMutable) {
    push(abi_.loadInvariant(builder_, type(global.value), address, 0));
    return;
  }
  push(abi_.inScope(builder_.CreateLoad(type(global.value), address), Scope::Globals));
}

void FunctionEmitter::globalSet(const Inst& inst) {
  Value* value = pop();
  bool isVisible = plan_.isSharedGlobal(inst.index) || module_.options().exactTraps;
  if (isVisible) abi_.createBarrier(builder_);
  abi_.inScope(builder_.CreateStore(value, globalAddress(inst.index)), Scope::Globals);
  if (isVisible) abi_.createBarrier(builder_);
}

Value* FunctionEmitter::funcRef(uint32_t functionIndex) {
  std::optional<uint32_t> slot = plan_.funcRefSlot(functionIndex);
  CHECK(slot.has_value());
  return AbiLowering::at(builder_, context_,
                         plan_.layout().funcRefs + *slot * sizeof(abi::FuncRef));
}

void FunctionEmitter::refNull(const Inst&) {
  push(llvm::ConstantPointerNull::get(builder_.getPtrTy()));
}

void FunctionEmitter::refIsNull(const Inst&) {
  push(builder_.CreateZExt(builder_.CreateIsNull(pop()), builder_.getInt32Ty()));
}

void FunctionEmitter::refAsNonNull(const Inst&) {
  Value* reference = pop();
  trapIf(builder_.CreateIsNull(reference), abi::TrapCode::NullReference);
  push(reference);
}

void FunctionEmitter::refFunc(const Inst& inst) { push(funcRef(inst.index)); }

}  // namespace codegen
