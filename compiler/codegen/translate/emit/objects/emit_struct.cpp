// Struct instructions (section 4.4.3, Aggregate Reference Instructions).
#include "compiler/codegen/translate/emit/emitters.h"
#include "compiler/codegen/translate/objects/likely_callees.h"
#include "compiler/codegen/translate/objects/objects.h"

namespace codegen::emit {
namespace {

using llvm::Value;

// Allocates a struct with these fields and pushes it.
void newStruct(FunctionBuilder& f, uint32_t typeIndex, const Values& fields) {
  Value* object = newObject(f, typeIndex);
  for (uint32_t i = 0; i < fields.size(); ++i) {
    initField(f, structField(f, typeIndex, i, object), fields[i]);
  }
  f.push(object);
}

void getField(FunctionBuilder& f, const Inst& inst, bool isSigned) {
  Value* object = popObject(f, abi::TrapCode::NullStructure);
  Value* value = loadField(f, structField(f, inst.index, inst.index2, object), isSigned);
  noteLikelyCallees(f, value, inst.index, inst.index2);
  f.push(value);
}

}  // namespace

void structNew(FunctionBuilder& f, const Inst& inst) {
  newStruct(f, inst.index, f.stack.popMany(f.source().types[inst.index].fields.size()));
}

void structNewDefault(FunctionBuilder& f, const Inst& inst) {
  Values fields;
  for (const wasm::FieldType& type : f.source().types[inst.index].fields) {
    fields.push_back(defaultOf(f, type));
  }
  newStruct(f, inst.index, fields);
}

void structGet(FunctionBuilder& f, const Inst& inst) { getField(f, inst, false); }
void structGetS(FunctionBuilder& f, const Inst& inst) { getField(f, inst, true); }
void structGetU(FunctionBuilder& f, const Inst& inst) { getField(f, inst, false); }

void structSet(FunctionBuilder& f, const Inst& inst) {
  Value* value = f.pop();
  Value* object = popObject(f, abi::TrapCode::NullStructure);
  storeField(f, structField(f, inst.index, inst.index2, object), value);
}

}  // namespace codegen::emit
