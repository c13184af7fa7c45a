// Parametric and variable instructions (sections 4.4.4 and 4.4.5).
#include "compiler/codegen/abi/reference_facts.h"
#include "compiler/codegen/translate/emit/emitters.h"

namespace codegen::emit {
namespace {

using llvm::Value;

// Returns the address of a global's abi::Slot. An imported global is in the instance or host object
// that defines it, and the context has a pointer to it; others are in the context itself.
Value* globalAddress(FunctionBuilder& f, uint32_t global) {
  uint32_t imported = f.source().importedGlobals;
  const abi::ContextLayout& layout = f.plan().layout();
  if (global < imported) {
    return f.abi.loadInvariant(f.ir, f.ir.getPtrTy(), f.context,
                               layout.importedGlobals + global * sizeof(abi::Slot*));
  }
  return AbiLowering::at(f.ir, f.context, layout.globals + (global - imported) * sizeof(abi::Slot));
}

}  // namespace

void drop(FunctionBuilder& f, const Inst&) { f.pop(); }

void select(FunctionBuilder& f, const Inst&) {
  Value* condition = popCondition(f);
  Value* second = f.pop();
  Value* first = f.pop();
  f.push(f.ir.CreateSelect(condition, first, second));
}

void localGet(FunctionBuilder& f, const Inst& inst) {
  llvm::AllocaInst* slot = f.locals.slot(inst.index);
  f.push(f.ir.CreateLoad(slot->getAllocatedType(), slot));
}

void localSet(FunctionBuilder& f, const Inst& inst) {
  f.ir.CreateStore(f.pop(), f.locals.slot(inst.index));
}

void localTee(FunctionBuilder& f, const Inst& inst) {
  f.ir.CreateStore(f.stack.top(), f.locals.slot(inst.index));
}

// An immutable global has its final value before any code runs that may read it, so its load is
// invariant.
void globalGet(FunctionBuilder& f, const Inst& inst) {
  const wasm::GlobalType& global = f.source().globals[inst.index].type;
  Value* address = globalAddress(f, inst.index);
  if (!global.isMutable) {
    llvm::LoadInst* load = f.abi.loadInvariant(f.ir, f.type(global.value), address, 0);
    addReferenceFacts(*load, global.value);
    f.push(load);
    return;
  }
  llvm::LoadInst* load = f.ir.CreateLoad(f.type(global.value), address);
  addReferenceFacts(*load, global.value);
  f.push(f.abi.inScope(load, Scope::Globals));
}

// Other modules and the host can read an imported or exported global after a trap, and must find
// the value that the specification prescribes. So its stores have a compiler barrier on either
// side.
void globalSet(FunctionBuilder& f, const Inst& inst) {
  Value* value = f.pop();
  bool isVisible = f.plan().isSharedGlobal(inst.index) || f.options().exactTraps;
  if (isVisible) f.abi.createBarrier(f.ir);
  f.abi.inScope(f.ir.CreateStore(value, globalAddress(f, inst.index)), Scope::Globals);
  if (isVisible) f.abi.createBarrier(f.ir);
}

}  // namespace codegen::emit
