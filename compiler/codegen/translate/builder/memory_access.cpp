#include "compiler/codegen/translate/builder/memory_access.h"

#include "compiler/codegen/passes/analysis/access_mark.h"
#include "compiler/codegen/translate/builder/address.h"

namespace codegen {

using llvm::Value;

namespace {

// With Options::verifyIr, marks an access without an explicit check, so that the pass
// verify-accesses can find out whether an optimization has lost its trap.
void markAccess(FunctionBuilder& f, Value* address, uint32_t bytes) {
  if (f.options().verifyIr) createAccessMark(f.ir, address, bytes);
}

}  // namespace

uint32_t accessBytes(const Inst& inst) { return 1u << wasm::opcodeInfo(inst.op).naturalAlign; }

Value* addressOf(FunctionBuilder& f, const Inst& inst, Value* index) {
  return effectiveAddress(f, inst.index, index, inst.bits, accessBytes(inst));
}

Value* loadAs(FunctionBuilder& f, llvm::Type* type, const Inst& inst, Value* index) {
  Value* address = addressOf(f, inst, index);
  bool isVolatile = !isChecked(f, inst.index);
  if (isVolatile) markAccess(f, address, accessBytes(inst));
  return f.abi.inScope(f.ir.CreateAlignedLoad(type, address, llvm::Align(1), isVolatile),
                       Scope::Memory);
}

// LLVM does not model that a store may trap and that the host may then read memory, so it may delay
// or merge the stores before the trap. Options::exactTraps therefore makes stores volatile.
void storeTo(FunctionBuilder& f, Value* address, Value* value, const Inst& inst) {
  bool isGuarded = !isChecked(f, inst.index);
  bool isVolatile = f.options().exactTraps && isGuarded;
  if (isGuarded) markAccess(f, address, accessBytes(inst));
  f.abi.inScope(f.ir.CreateAlignedStore(value, address, llvm::Align(1), isVolatile), Scope::Memory);
}

}  // namespace codegen
