#include "compiler/codegen/translate/builder/table_access.h"

#include "compiler/codegen/abi/value_type.h"
#include "compiler/codegen/translate/builder/address.h"
#include "compiler/codegen/translate/builder/trap_sites.h"

namespace codegen {

using llvm::Value;

namespace {

Value* tableDef(FunctionBuilder& f, uint32_t table) {
  return f.abi.loadInvariant(f.ir, f.ir.getPtrTy(), f.context,
                             f.plan().layout().tables + table * sizeof(abi::TableDef*));
}

// Loads a field of a TableDef or of an element. These change, so the load is not invariant.
Value* loadField(FunctionBuilder& f, Value* base, llvm::Type* type, uint64_t offset) {
  Value* at = AbiLowering::at(f.ir, base, offset);
  return f.abi.inScope(f.ir.CreateLoad(type, at), Scope::Tables);
}

Value* sizeField(FunctionBuilder& f, Value* def) {
  return loadField(f, def, f.ir.getInt64Ty(), offsetof(abi::TableDef, size));
}

}  // namespace

Value* currentTableSize(FunctionBuilder& f, uint32_t table) {
  return sizeField(f, tableDef(f, table));
}

const wasm::Limits& tableLimits(const FunctionBuilder& f, uint32_t table) {
  return f.source().tables[table].type.limits;
}

bool isFunctionTable(const FunctionBuilder& f, uint32_t table) {
  return valueType(f.source(), f.source().tables[table].type.element).kind ==
         abi::ValueKind::FuncRef;
}

Value* tableElement(FunctionBuilder& f, uint32_t table, Value* index, abi::TrapCode outOfBounds) {
  Value* wide = widenIndex(f, index);
  Value* def = tableDef(f, table);
  trapIf(f, f.ir.CreateICmpUGE(wide, sizeField(f, def)), outOfBounds);
  // The mask makes the index one of the array, whose size is a power of two (abi::TableDef).
  if (f.options().spectre != Spectre::Off) {
    Value* mask = loadField(f, def, f.ir.getInt64Ty(), offsetof(abi::TableDef, indexMask));
    wide = f.ir.CreateAnd(wide, mask);
  }
  Value* elements = loadField(f, def, f.ir.getPtrTy(), offsetof(abi::TableDef, elements));
  uint64_t size = isFunctionTable(f, table) ? sizeof(abi::FuncElement) : sizeof(abi::RefElement);
  Value* offset = f.ir.CreateMul(wide, f.ir.getInt64(size), "", true, true);
  return f.ir.CreateInBoundsGEP(f.ir.getInt8Ty(), elements, offset);
}

Value* elementField(FunctionBuilder& f, Value* element, llvm::Type* type, uint64_t offset) {
  return loadField(f, element, type, offset);
}

}  // namespace codegen
