// Memory instructions (section 4.4.7). A load must trap also where its value is never used, so that
// it is volatile where the access itself is what traps.
#include "compiler/codegen/passes/analysis/access_mark.h"
#include "compiler/codegen/translate/function_emitter.h"

namespace codegen {

using llvm::Value;

uint32_t FunctionEmitter::accessBytes(const Inst& inst) {
  return 1u << wasm::opcodeInfo(inst.op).naturalAlign;
}

// All the bytes that an instruction reads.
Value* FunctionEmitter::loadAs(llvm::Type* type, const Inst& inst, Value* index) {
  Value* address = effectiveAddress(inst.index, index, inst.bits, accessBytes(inst));
  bool isVolatile = !isChecked(inst.index);
  if (isVolatile) markAccess(address, accessBytes(inst));
  return abi_.inScope(builder_.CreateAlignedLoad(type, address, llvm::Align(1), isVolatile),
                      Scope::Memory);
}

// For VerifyAccesses, if that is to run.
void FunctionEmitter::markAccess(Value* address, uint32_t bytes) {
  if (module_.options().verifyIr) createAccessMark(builder_, address, bytes);
}

void FunctionEmitter::loadS(const Inst& inst) {
  Value* load = loadAs(builder_.getIntNTy(accessBytes(inst) * 8), inst, pop());
  push(builder_.CreateSExt(load, resultType(inst)));
}

void FunctionEmitter::loadU(const Inst& inst) {
  llvm::Type* result = resultType(inst);
  llvm::Type* narrow = builder_.getIntNTy(accessBytes(inst) * 8);
  bool isWhole = result->getPrimitiveSizeInBits() == narrow->getPrimitiveSizeInBits();
  Value* load = loadAs(isWhole ? result : narrow, inst, pop());
  push(isWhole ? load : builder_.CreateZExt(load, result));
}

void FunctionEmitter::store(const Inst& inst) {
  Value* value = pop();
  Value* address = effectiveAddress(inst.index, pop(), inst.bits, accessBytes(inst));
  if (value->getType()->isIntegerTy()) {
    value = builder_.CreateTrunc(value, builder_.getIntNTy(accessBytes(inst) * 8));
  }
  storeTo(address, value, inst);
}

// Where the access itself is what traps, nothing else shows to LLVM that a store before it is seen.
void FunctionEmitter::storeTo(Value* address, Value* value, const Inst& inst) {
  bool isVolatile = module_.options().exactTraps && !isChecked(inst.index);
  if (!isChecked(inst.index)) markAccess(address, accessBytes(inst));
  abi_.inScope(builder_.CreateAlignedStore(value, address, llvm::Align(1), isVolatile),
               Scope::Memory);
}

void FunctionEmitter::memorySize(const Inst& inst) {
  const wasm::MemoryType& memory = source().memories[inst.index].type;
  Value* pages = builder_.CreateLShr(memoryByteSize(inst.index), memory.pageSizeLog2);
  push(narrowTo(pages, memory.limits));
}

void FunctionEmitter::memoryGrow(const Inst& inst) {
  Value* delta = widen(pop());
  Value* old = callBuiltin(builtins::memoryGrow, {constantIndex(inst.index), delta});
  push(narrowTo(old, source().memories[inst.index].type.limits));
}

void FunctionEmitter::memoryFill(const Inst& inst) {
  Value* length = widen(pop());
  Value* value = builder_.CreateTrunc(pop(), builder_.getInt8Ty());
  Value* begin = checkedRange(inst.index, widen(pop()), length);
  abi_.inScope(builder_.CreateMemSet(begin, value, length, llvm::MaybeAlign(1)), Scope::Memory);
}

void FunctionEmitter::memoryCopy(const Inst& inst) {
  Value* length = widen(pop());
  Value* from = widen(pop());
  Value* to = widen(pop());
  Value* source = checkedRange(inst.index2, from, length);
  Value* destination = checkedRange(inst.index, to, length);
  abi_.inScope(
      builder_.CreateMemMove(destination, llvm::MaybeAlign(1), source, llvm::MaybeAlign(1), length),
      Scope::Memory);
}

void FunctionEmitter::memoryInit(const Inst& inst) {
  Value* length = widen(pop());
  Value* from = widen(pop());
  Value* to = widen(pop());
  callTrappingBuiltin(builtins::memoryInit,
                      {constantIndex(inst.index2), constantIndex(inst.index), to, from, length},
                      abi::TrapCode::MemoryOutOfBounds);
}

void FunctionEmitter::dataDrop(const Inst& inst) {
  callBuiltin(builtins::dataDrop, {constantIndex(inst.index)});
}

}  // namespace codegen
