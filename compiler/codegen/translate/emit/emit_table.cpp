// Table instructions (section 4.4.6). Instructions on several elements call the runtime.
//
// Other modules and the host can read a table after a trap, and must find the state that the
// specification prescribes. So stores to tables have a compiler barrier on either side.
#include "compiler/codegen/translate/builder/address.h"
#include "compiler/codegen/translate/builder/calls.h"
#include "compiler/codegen/translate/builder/table_access.h"
#include "compiler/codegen/translate/emit/emitters.h"

namespace codegen::emit {
namespace {

using llvm::BasicBlock;
using llvm::Value;

// Stores a field of an element.
void storeField(FunctionBuilder& f, Value* element, Value* value, uint64_t offset) {
  Value* at = AbiLowering::at(f.ir, element, offset);
  f.abi.inScope(f.ir.CreateStore(value, at), Scope::Tables);
}

// Stores to an element of a table whose elements are not functions.
void storeReference(FunctionBuilder& f, Value* element, Value* reference) {
  f.abi.createBarrier(f.ir);
  storeField(f, element, reference, offsetof(abi::RefElement, reference));
  f.abi.createBarrier(f.ir);
}

// Copies the members of the FuncRef that an indirect call needs to the element. For a null
// reference they are null, and the type id is kNullTypeId.
void storeFunction(FunctionBuilder& f, Value* element, Value* reference) {
  Value* null = llvm::ConstantPointerNull::get(f.ir.getPtrTy());
  BasicBlock* before = f.ir.GetInsertBlock();
  BasicBlock* copy = newBlock(f, "");
  BasicBlock* join = newBlock(f, "");
  f.ir.CreateCondBr(f.ir.CreateIsNull(reference), join, copy);
  startBlock(f, copy);
  auto loadField = [&](llvm::Type* type, uint64_t offset) {
    return f.abi.loadInvariant(f.ir, type, reference, offset);
  };
  Value* entry = loadField(f.ir.getPtrTy(), offsetof(abi::FuncRef, fastEntry));
  Value* context = loadField(f.ir.getPtrTy(), offsetof(abi::FuncRef, context));
  Value* typeId = loadField(f.ir.getInt32Ty(), offsetof(abi::FuncRef, typeId));
  f.ir.CreateBr(join);
  startBlock(f, join);
  auto merge = [&](Value* copied, Value* ifNull) {
    llvm::PHINode* phi = f.ir.CreatePHI(copied->getType(), 2);
    phi->addIncoming(ifNull, before);
    phi->addIncoming(copied, copy);
    return phi;
  };
  entry = merge(entry, null);
  context = merge(context, null);
  typeId = merge(typeId, f.ir.getInt32(abi::kNullTypeId));
  f.abi.createBarrier(f.ir);
  storeField(f, element, entry, offsetof(abi::FuncElement, fastEntry));
  storeField(f, element, context, offsetof(abi::FuncElement, context));
  storeField(f, element, typeId, offsetof(abi::FuncElement, typeId));
  storeField(f, element, reference, offsetof(abi::FuncElement, reference));
  f.abi.createBarrier(f.ir);
}

}  // namespace

void tableGet(FunctionBuilder& f, const Inst& inst) {
  Value* element = tableElement(f, inst.index, f.pop(), abi::TrapCode::TableOutOfBounds);
  uint64_t offset = isFunctionTable(f, inst.index) ? offsetof(abi::FuncElement, reference)
                                                   : offsetof(abi::RefElement, reference);
  f.push(elementField(f, element, f.ir.getPtrTy(), offset));
}

void tableSet(FunctionBuilder& f, const Inst& inst) {
  Value* reference = f.pop();
  Value* element = tableElement(f, inst.index, f.pop(), abi::TrapCode::TableOutOfBounds);
  if (isFunctionTable(f, inst.index)) {
    storeFunction(f, element, reference);
  } else {
    storeReference(f, element, reference);
  }
}

void tableSize(FunctionBuilder& f, const Inst& inst) {
  f.push(narrowIndex(f, currentTableSize(f, inst.index), tableLimits(f, inst.index)));
}

// The result of the builtin is the old size in elements, or -1.
void tableGrow(FunctionBuilder& f, const Inst& inst) {
  Value* delta = widenIndex(f, f.pop());
  Value* reference = f.pop();
  Value* old = callBuiltin(f, builtins::tableGrow, {f.ir.getInt32(inst.index), reference, delta});
  f.push(narrowIndex(f, old, tableLimits(f, inst.index)));
}

void tableFill(FunctionBuilder& f, const Inst& inst) {
  Value* count = widenIndex(f, f.pop());
  Value* reference = f.pop();
  Value* first = widenIndex(f, f.pop());
  callTrappingBuiltin(f, builtins::tableFill, {f.ir.getInt32(inst.index), first, reference, count},
                      abi::TrapCode::TableOutOfBounds);
}

void tableCopy(FunctionBuilder& f, const Inst& inst) {
  Value* count = widenIndex(f, f.pop());
  Value* from = widenIndex(f, f.pop());
  Value* to = widenIndex(f, f.pop());
  callTrappingBuiltin(f, builtins::tableCopy,
                      {f.ir.getInt32(inst.index), f.ir.getInt32(inst.index2), to, from, count},
                      abi::TrapCode::TableOutOfBounds);
}

void tableInit(FunctionBuilder& f, const Inst& inst) {
  Value* count = widenIndex(f, f.pop());
  Value* from = widenIndex(f, f.pop());
  Value* to = widenIndex(f, f.pop());
  callTrappingBuiltin(f, builtins::tableInit,
                      {f.ir.getInt32(inst.index2), f.ir.getInt32(inst.index), to, from, count},
                      abi::TrapCode::TableOutOfBounds);
}

void elemDrop(FunctionBuilder& f, const Inst& inst) {
  callBuiltin(f, builtins::elemDrop, {f.ir.getInt32(inst.index)});
}

}  // namespace codegen::emit
