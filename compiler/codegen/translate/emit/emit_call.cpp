// Direct calls and calls through references: call, call_ref and their tail-calling variants
// (section 4.4.8, Control Instructions).
#include "compiler/codegen/translate/builder/calls.h"
#include "compiler/codegen/translate/builder/trap_sites.h"
#include "compiler/codegen/translate/emit/emitters.h"
#include "compiler/codegen/translate/objects/likely_callees.h"

namespace codegen::emit {
namespace {

using llvm::Value;

// Pops a function reference and returns it, a pointer to an abi::FuncRef. Adds a trap if it is
// null. The type needs no check, since validation ensures it.
Value* popCalleeReference(FunctionBuilder& f) {
  Value* reference = f.pop();
  trapIf(f, f.ir.CreateIsNull(reference), abi::TrapCode::NullFunctionReference);
  return reference;
}

}  // namespace

// An import is called by its fast entry, which every function has. If it needs another segment
// base, instantiation has bound the import to a cross-instance thunk.
void call(FunctionBuilder& f, const Inst& inst) {
  bool isImport = inst.index < f.source().importedFunctions;
  emitCall(f, f.source().functionType(inst.index),
           isImport ? calleeAt(f, importedEntries(f, inst.index), Entry::Fast)
                    : ownCalleeOfCall(f, inst.index));
}

void returnCall(FunctionBuilder& f, const Inst& inst) {
  const wasm::FuncType& type = f.source().functionType(inst.index);
  if (inst.index < f.source().importedFunctions) {
    returnCallThrough(f, type, importedEntries(f, inst.index), std::nullopt);
    return;
  }
  emitReturnCall(f, type, ownCallee(f, inst.index), f.stack.popMany(type.params.size()));
  markUnreachable(f);
}

void callRef(FunctionBuilder& f, const Inst& inst) {
  emitReferenceCall(f, inst.index, popCalleeReference(f));
}

void returnCallRef(FunctionBuilder& f, const Inst& inst) {
  returnCallThrough(f, f.source().types[inst.index].func, popCalleeReference(f), inst.index);
}

}  // namespace codegen::emit
