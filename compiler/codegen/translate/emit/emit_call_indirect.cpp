// Indirect calls, through an element of a table (section 4.4.8, Control Instructions). Calls
// through a constant table (plan/constant_tables.h) are devirtualized or read the element from
// constants.
#include "compiler/codegen/translate/builder/address.h"
#include "compiler/codegen/translate/builder/calls.h"
#include "compiler/codegen/translate/builder/constant_table_globals.h"
#include "compiler/codegen/translate/builder/table_access.h"
#include "compiler/codegen/translate/builder/trap_sites.h"
#include "compiler/codegen/translate/emit/emitters.h"

namespace codegen::emit {
namespace {

using llvm::BasicBlock;
using llvm::Value;

// Pops an index and returns a pointer to the abi::FuncElement there, after checks that it exists,
// is not null and has the type of the call or a subtype.
//
// The fast path has one comparison of type ids: a null element has an id that no function has. If
// it fails, the code finds out which trap applies, and, if the type may have subtypes, calls the
// runtime to test whether the function's type is one.
Value* tableCallee(FunctionBuilder& f, const Inst& inst) {
  Value* element = tableElement(f, inst.index2, f.pop(), abi::TrapCode::UndefinedElement);
  Value* actual = elementField(f, element, f.ir.getInt32Ty(), offsetof(abi::FuncElement, typeId));
  Value* expected = f.abi.loadInvariant(f.ir, f.ir.getInt32Ty(), f.context,
                                        f.plan().layout().typeIds + inst.index * sizeof(uint32_t));
  BasicBlock* mismatch = newBlock(f, "mismatch");
  BasicBlock* match = newBlock(f, "match");
  branchLikely(f, f.ir.CreateICmpEQ(actual, expected), match, mismatch);
  trapIf(f, f.ir.CreateICmpEQ(actual, f.ir.getInt32(abi::kNullTypeId)),
         abi::TrapCode::UninitializedElement);
  if (f.source().types[inst.index].isFinal) {
    trapNow(f, abi::TrapCode::IndirectCallTypeMismatch);
  } else {
    Value* isSubtype = callBuiltin(f, builtins::isSubtype, {actual, expected});
    trapIf(f, f.ir.CreateIsNull(isSubtype), abi::TrapCode::IndirectCallTypeMismatch);
    f.ir.CreateBr(match);
  }
  startBlock(f, match);
  return element;
}

// Returns the canonical index of an element's type (ConstantTables::Table::types), as i32.
Value* constantElementType(FunctionBuilder& f, uint32_t table, Value* element) {
  Value* offset = f.ir.CreateShl(element, 2, "", true, true);
  Value* at = f.ir.CreateInBoundsGEP(f.ir.getInt8Ty(), elementTypes(f.module, table), offset);
  return f.abi.loadInvariant(f.ir, f.ir.getInt32Ty(), at, 0);
}

// Returns the i64 index of an element after a check that it is within the table. The arrays of
// constants have a power of two of elements, so that a masked index is within them also during
// speculative execution.
Value* checkedConstantElement(FunctionBuilder& f, uint32_t table, Value* element) {
  size_t size = f.plan().constantTables().find(table)->functions.size();
  trapIf(f, f.ir.CreateICmpUGE(element, f.ir.getInt64(size)), abi::TrapCode::UndefinedElement);
  if (f.options().spectre == Spectre::Off) return element;
  return f.ir.CreateAnd(unknownCopy(f, element),
                        f.ir.getInt64(constantElementCount(f.module, table) - 1));
}

// Adds the trap for an element that does not have the type of the call.
void trapInConstantTable(FunctionBuilder& f, uint32_t table, Value* element) {
  Value* isNull = f.ir.CreateICmpEQ(constantElementType(f, table, element),
                                    f.ir.getInt32(ConstantTables::kNull));
  trapIf(f, isNull, abi::TrapCode::UninitializedElement);
  trapNow(f, abi::TrapCode::IndirectCallTypeMismatch);
}

// Adds a call through a constant table. All callees are functions of this instance. If there is
// only one, the index is compared with its element, and the call is direct; bounds and types are
// tested only to find the right trap.
void callConstantElement(FunctionBuilder& f, const Inst& inst,
                         const ConstantTables::Callees& callees) {
  uint32_t table = inst.index2;
  const ConstantTables::Table& constants = *f.plan().constantTables().find(table);
  Value* element = widenIndex(f, f.pop());
  BasicBlock* mismatch = newBlock(f, "mismatch");
  BasicBlock* match = newBlock(f, "match");
  Value* isMatch;
  if (callees.count == 1) {
    isMatch = f.ir.CreateICmpEQ(element, f.ir.getInt64(callees.element));
  } else {
    element = checkedConstantElement(f, table, element);
    isMatch =
        f.ir.CreateICmpEQ(constantElementType(f, table, element), f.ir.getInt32(callees.type));
  }
  branchLikely(f, isMatch, match, mismatch);
  if (callees.count == 1) element = checkedConstantElement(f, table, element);
  trapInConstantTable(f, table, element);
  startBlock(f, match);
  const wasm::FuncType& type = f.source().types[inst.index].func;
  if (callees.count == 1) {
    emitCall(f, type, ownCalleeOfCall(f, constants.functions[callees.element]));
    return;
  }
  Value* offset = f.ir.CreateShl(element, 3, "", true, true);
  Value* at = f.ir.CreateInBoundsGEP(f.ir.getInt8Ty(), elementCode(f.module, table), offset);
  Value* code = f.abi.loadInvariant(f.ir, f.ir.getPtrTy(), at, 0);
  emitCall(f, type, {code, f.context, Entry::Fast});
}

}  // namespace

// A table may have functions of other instances, hence crossIfForeign.
void callIndirect(FunctionBuilder& f, const Inst& inst) {
  const ConstantTables::Callees* constants =
      f.plan().constantTables().calleesOf(inst.index2, inst.index);
  if (constants != nullptr) return callConstantElement(f, inst, *constants);
  Value* element = tableCallee(f, inst);
  Value* entry = elementField(f, element, f.ir.getPtrTy(), offsetof(abi::FuncElement, fastEntry));
  Value* context = elementField(f, element, f.ir.getPtrTy(), offsetof(abi::FuncElement, context));
  emitCall(f, f.source().types[inst.index].func,
           crossIfForeign(f, inst.index, {entry, context, Entry::Fast}));
}

// A FuncElement has no tail entry, so it is read from the FuncRef that the element refers to.
void returnCallIndirect(FunctionBuilder& f, const Inst& inst) {
  Value* element = tableCallee(f, inst);
  Value* reference =
      elementField(f, element, f.ir.getPtrTy(), offsetof(abi::FuncElement, reference));
  returnCallThrough(f, f.source().types[inst.index].func, reference, inst.index);
}

}  // namespace codegen::emit
