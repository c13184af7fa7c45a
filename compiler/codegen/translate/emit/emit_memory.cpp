// Memory instructions (section 4.4.7).
#include "compiler/codegen/translate/builder/address.h"
#include "compiler/codegen/translate/builder/calls.h"
#include "compiler/codegen/translate/builder/memory_access.h"
#include "compiler/codegen/translate/emit/emitters.h"

namespace codegen::emit {

using llvm::Value;

// Loads that extend: the value's type says to what.
void loadS(FunctionBuilder& f, const Inst& inst) {
  Value* load = loadAs(f, f.ir.getIntNTy(accessBytes(inst) * 8), inst, f.pop());
  f.push(f.ir.CreateSExt(load, f.resultType(inst)));
}

void loadU(FunctionBuilder& f, const Inst& inst) {
  llvm::Type* result = f.resultType(inst);
  llvm::Type* narrow = f.ir.getIntNTy(accessBytes(inst) * 8);
  bool isWhole = result->getPrimitiveSizeInBits() == narrow->getPrimitiveSizeInBits();
  Value* load = loadAs(f, isWhole ? result : narrow, inst, f.pop());
  f.push(isWhole ? load : f.ir.CreateZExt(load, result));
}

void store(FunctionBuilder& f, const Inst& inst) {
  Value* value = f.pop();
  Value* address = addressOf(f, inst, f.pop());
  if (value->getType()->isIntegerTy()) {
    value = f.ir.CreateTrunc(value, f.ir.getIntNTy(accessBytes(inst) * 8));
  }
  storeTo(f, address, value, inst);
}

void memorySize(FunctionBuilder& f, const Inst& inst) {
  const wasm::MemoryType& memory = f.source().memories[inst.index].type;
  Value* pages = f.ir.CreateLShr(memoryByteSize(f, inst.index), memory.pageSizeLog2);
  f.push(narrowIndex(f, pages, memory.limits));
}

void memoryGrow(FunctionBuilder& f, const Inst& inst) {
  Value* delta = widenIndex(f, f.pop());
  Value* old = callBuiltin(f, builtins::memoryGrow, {f.ir.getInt32(inst.index), delta});
  f.push(narrowIndex(f, old, f.source().memories[inst.index].type.limits));
}

// memset and memmove become calls of C functions for lengths that are not known. They are checked
// as a whole before anything is written, by code also where accesses are not.
void memoryFill(FunctionBuilder& f, const Inst& inst) {
  Value* length = widenIndex(f, f.pop());
  Value* value = f.ir.CreateTrunc(f.pop(), f.ir.getInt8Ty());
  Value* begin = checkedRange(f, inst.index, widenIndex(f, f.pop()), length);
  f.abi.inScope(f.ir.CreateMemSet(begin, value, length, llvm::MaybeAlign(1)), Scope::Memory);
}

void memoryCopy(FunctionBuilder& f, const Inst& inst) {
  Value* length = widenIndex(f, f.pop());
  Value* from = widenIndex(f, f.pop());
  Value* to = widenIndex(f, f.pop());
  Value* source = checkedRange(f, inst.index2, from, length);
  Value* destination = checkedRange(f, inst.index, to, length);
  f.abi.inScope(
      f.ir.CreateMemMove(destination, llvm::MaybeAlign(1), source, llvm::MaybeAlign(1), length),
      Scope::Memory);
}

void memoryInit(FunctionBuilder& f, const Inst& inst) {
  Value* length = widenIndex(f, f.pop());
  Value* from = widenIndex(f, f.pop());
  Value* to = widenIndex(f, f.pop());
  callTrappingBuiltin(f, builtins::memoryInit,
                      {f.ir.getInt32(inst.index2), f.ir.getInt32(inst.index), to, from, length},
                      abi::TrapCode::MemoryOutOfBounds);
}

void dataDrop(FunctionBuilder& f, const Inst& inst) {
  callBuiltin(f, builtins::dataDrop, {f.ir.getInt32(inst.index)});
}

}  // namespace codegen::emit
