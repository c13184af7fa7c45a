#include "compiler/codegen/translate/builder/function_builder.h"

#include "compiler/wasm/binary/branch_hints.h"

namespace codegen {

// The entry block ends with a branch to the body, before which `entry` adds code. That code
// dominates the whole function, wherever it is first needed.
FunctionBuilder::FunctionBuilder(ModuleBuilder& module, uint32_t functionIndex)
    : module(module),
      abi(module.abi()),
      index(functionIndex),
      signature(module.source().functionType(functionIndex)),
      function(module.function(functionIndex)),
      context(function->getArg(0)),
      ir(module.context()),
      entry(module.context()),
      locals(module.source(), functionIndex, *function, abi, entry),
      fuel(abi, context, entry, ir),
      hints(wasm::hintsOf(module.source(), functionIndex)),
      memoryBases(module.source().memories.size()),
      subprogram_(module.createSubprogram(function, functionIndex)) {
  context->setName("ctx");
  ir.SetInsertPoint(newBlock(*this, "entry"));
  llvm::BasicBlock* body = newBlock(*this, "body");
  entry.SetInsertPoint(ir.CreateBr(body));
  ir.SetInsertPoint(body);
  if (options().countsFuel) fuel.begin(options().exactTraps);
}

void FunctionBuilder::setLocation(const Inst& inst, bool mayTrap) {
  ir.SetCurrentDebugLocation(
      mayTrap ? llvm::DILocation::get(module.context(), inst.offset, 0, subprogram_) : nullptr);
}

llvm::Type* FunctionBuilder::resultType(const Inst& inst) const {
  return type(wasm::fixedType(wasm::opcodeInfo(inst.op).signature.resultTypes[0]));
}

}  // namespace codegen
