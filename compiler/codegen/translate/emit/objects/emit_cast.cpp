// Casts and tests of references (sections 4.4.2 and 4.4.8).
#include "compiler/codegen/translate/builder/trap_sites.h"
#include "compiler/codegen/translate/emit/emitters.h"
#include "compiler/codegen/translate/objects/type_check.h"

namespace codegen::emit {

using llvm::Value;

void refEq(FunctionBuilder& f, const Inst&) {
  Value* right = f.pop();
  pushCondition(f, f.ir.CreateICmpEQ(f.pop(), right));
}

void refTest(FunctionBuilder& f, const Inst& inst) {
  pushCondition(f, hasType(f, f.pop(), inst.heap, inst.nullable));
}

void refCast(FunctionBuilder& f, const Inst& inst) {
  Value* reference = f.stack.top();
  Value* matches = hasType(f, reference, inst.heap, inst.nullable);
  trapIf(f, f.ir.CreateNot(matches), abi::TrapCode::CastFailure);
}

// The reference stays on the stack in either case.
void brOnCast(FunctionBuilder& f, const Inst& inst) {
  branchIf(f, hasType(f, f.stack.top(), inst.heap2, inst.nullable2), inst.index);
}

void brOnCastFail(FunctionBuilder& f, const Inst& inst) {
  Value* matches = hasType(f, f.stack.top(), inst.heap2, inst.nullable2);
  branchIf(f, f.ir.CreateNot(matches), inst.index);
}

}  // namespace codegen::emit
