// Memory instructions (section 4.4.7). Accesses are translated with memory_access.h; instructions
// that change sizes or use segments call the runtime.
#include "compiler/codegen/translate/builder/address.h"
#include "compiler/codegen/translate/builder/calls.h"
#include "compiler/codegen/translate/builder/memory_access.h"
#include "compiler/codegen/translate/emit/emitters.h"

namespace codegen::emit {

using llvm::Value;

// Loads fewer bytes than the result has, and extends them.
void loadS(FunctionBuilder& f, const Inst& inst) {
  Value* load = loadAs(f, f.ir.getIntNTy(accessBytes(inst) * 8), inst, f.pop());
  f.push(f.ir.CreateSExt(load, f.resultType(inst)));
}

// Also loads floats and vectors, and integers without extension.
void loadU(FunctionBuilder& f, const Inst& inst) {
  llvm::Type* result = f.resultType(inst);
  llvm::Type* narrow = f.ir.getIntNTy(accessBytes(inst) * 8);
  bool isWhole = result->getPrimitiveSizeInBits() == narrow->getPrimitiveSizeInBits();
  Value* load = loadAs(f, isWhole ? result : narrow, inst, f.pop());
  f.push(isWhole ? load : f.ir.CreateZExt(load, result));
}

// Integers are truncated to the bytes that are stored.
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
  llvm::LoadInst* size = memoryByteSize(f, inst.index);
  // Unlike checks, the instruction sees all that precedes it in the order of atomic accesses.
  if (memory.limits.isShared) size->setOrdering(llvm::AtomicOrdering::SequentiallyConsistent);
  Value* pages = f.ir.CreateLShr(size, memory.pageSizeLog2);
  f.push(narrowIndex(f, pages, memory.limits));
}

// The result of the builtin is the old size in pages, or -1.
void memoryGrow(FunctionBuilder& f, const Inst& inst) {
  Value* delta = widenIndex(f, f.pop());
  Value* old = callBuiltin(f, builtins::memoryGrow, {f.ir.getInt32(inst.index), delta});
  f.push(narrowIndex(f, old, f.source().memories[inst.index].type.limits));
}

// For lengths that are not constant, LLVM lowers memset and memmove to calls of C functions, in
// which a fault is not a trap. So the whole range is checked before, even if accesses to the memory
// are not. The specification demands this as well: nothing is written if the instruction traps.
void memoryFill(FunctionBuilder& f, const Inst& inst) {
  Value* length = widenIndex(f, f.pop());
  Value* value = f.ir.CreateTrunc(f.pop(), f.ir.getInt8Ty());
  Value* begin = checkedRange(f, inst.index, widenIndex(f, f.pop()), length);
  f.abi.inScope(f.ir.CreateMemSet(begin, value, length, llvm::MaybeAlign(1)), Scope::Memory);
}

// The regions may overlap, also in one memory. Both are checked before anything is written.
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

// The first immediate is the segment, the second one the memory.
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
