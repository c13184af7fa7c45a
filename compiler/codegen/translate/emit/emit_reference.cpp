// Reference instructions (section 4.4.2). A reference is a pointer: to an abi::FuncRef for
// functions, else opaque. A null reference is a null pointer.
#include "compiler/codegen/translate/builder/calls.h"
#include "compiler/codegen/translate/builder/trap_sites.h"
#include "compiler/codegen/translate/emit/emitters.h"

namespace codegen::emit {

using llvm::Value;

void refNull(FunctionBuilder& f, const Inst&) {
  f.push(llvm::ConstantPointerNull::get(f.ir.getPtrTy()));
}

void refIsNull(FunctionBuilder& f, const Inst&) { pushCondition(f, f.ir.CreateIsNull(f.pop())); }

void refAsNonNull(FunctionBuilder& f, const Inst&) {
  Value* reference = f.pop();
  trapIf(f, f.ir.CreateIsNull(reference), abi::TrapCode::NullReference);
  f.push(reference);
}

void refFunc(FunctionBuilder& f, const Inst& inst) { f.push(functionReference(f, inst.index)); }

}  // namespace codegen::emit
