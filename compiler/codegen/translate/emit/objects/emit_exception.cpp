// Throwing exceptions, and try_table (section 4.4.8, Control Instructions). Its `end` is that of
// all structured instructions (emit_control.cpp).
#include "compiler/codegen/translate/builder/trap_sites.h"
#include "compiler/codegen/translate/emit/emitters.h"
#include "compiler/codegen/translate/objects/exception_handlers.h"
#include "compiler/codegen/translate/objects/objects.h"

namespace codegen::emit {

using llvm::Value;

void throwTag(FunctionBuilder& f, const Inst& inst) {
  size_t count = f.source().types[f.source().tags[inst.index].typeIndex].func.params.size();
  Value* exception = newException(f, inst.index, f.stack.popMany(count));
  throwTo(f, f.control.handler(), exception);
  markUnreachable(f);
}

void throwRef(FunctionBuilder& f, const Inst&) {
  Value* exception = popObject(f, abi::TrapCode::NullException);
  throwTo(f, f.control.handler(), exception);
  markUnreachable(f);
}

void tryTable(FunctionBuilder& f, const Inst& inst) {
  Frame frame = blockFrame(f, FrameKind::TryTable, inst.block);
  frame.handler = openHandler(f, inst);
  frame.catches = inst.catches;
  f.control.push(std::move(frame));
}

}  // namespace codegen::emit
