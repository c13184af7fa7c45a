#include "compiler/codegen/translate/builder/address.h"

#include <llvm/IR/InlineAsm.h>

#include "compiler/codegen/translate/builder/function_builder.h"
#include "compiler/codegen/translate/builder/trap_sites.h"

namespace codegen {

using llvm::Value;

namespace {

// Returns the offset in the context of a memory's abi::ImportedMemory.
uint64_t importedMemory(const FunctionBuilder& f, uint32_t memory) {
  return f.plan().layout().memories + memory * sizeof(abi::ImportedMemory);
}

const wasm::MemoryType& memoryType(const FunctionBuilder& f, uint32_t memory) {
  return f.source().memories[memory].type;
}

// Returns the base address of the memory. It never changes, so it is loaded once, in the entry
// block.
Value* memoryBase(FunctionBuilder& f, uint32_t memory) {
  Value*& base = f.memoryBases[memory];
  if (base == nullptr) {
    uint64_t offset = importedMemory(f, memory) + offsetof(abi::ImportedMemory, base);
    base = f.abi.loadInvariant(f.entry, f.entry.getPtrTy(), f.context, offset);
    base->setName("memory");
  }
  return base;
}

// `inbounds` holds for addresses beyond the memory's size, too: the object that LLVM sees is the
// whole reservation.
Value* offsetPointer(FunctionBuilder& f, Value* base, Value* offset) {
  return f.ir.CreateGEP(f.ir.getInt8Ty(), base, offset, "",
                        llvm::GEPNoWrapFlags::inBounds() | llvm::GEPNoWrapFlags::noUnsignedWrap());
}

// Returns whether some byte of [wide + offset, wide + reach) is beyond the memory's end. `reach` is
// the offset plus the size of the access, modulo 2^64.
Value* isBeyond(FunctionBuilder& f, uint32_t memory, Value* wide, uint64_t offset, uint64_t reach) {
  // The sum wrapped around, so no memory is large enough.
  if (reach < offset) return f.ir.getTrue();
  Value* size = memoryByteSize(f, memory);
  Value* distance = f.ir.getInt64(reach);
  // The sum of an index of 32 bits, an offset of 32 bits and a few bytes does not wrap.
  bool is64 = memoryType(f, memory).limits.is64;
  if (!is64) return f.ir.CreateICmpUGT(f.ir.CreateNUWAdd(wide, distance), size);
  // With 64-bit addresses it may, so the distance is subtracted from the size instead. The result
  // is used only if the size is not smaller than the distance.
  Value* tooSmall = f.ir.CreateICmpULT(size, distance);
  Value* beyond = f.ir.CreateICmpUGT(wide, f.ir.CreateSub(size, distance));
  return f.ir.CreateOr(tooSmall, beyond);
}

// Returns whether some byte of [begin, begin + length), or `begin` itself if the length is zero, is
// beyond the memory's end.
Value* isBeyondRange(FunctionBuilder& f, uint32_t memory, Value* begin, Value* length) {
  Value* size = memoryByteSize(f, memory);
  if (!memoryType(f, memory).limits.is64) {
    return f.ir.CreateICmpUGT(f.ir.CreateNUWAdd(begin, length), size);
  }
  Value* tooLong = f.ir.CreateICmpUGT(length, size);
  Value* beyond = f.ir.CreateICmpUGT(begin, f.ir.CreateSub(size, length));
  return f.ir.CreateOr(tooLong, beyond);
}

// Returns whether addresses are kept inside of the memory during speculative execution as well.
// Memories with guard pages need no clamp, since a speculative access cannot leave the reservation.
bool isClamped(const FunctionBuilder& f, uint32_t memory) {
  return isChecked(f, memory) && f.options().spectre == Spectre::All;
}

}  // namespace

bool isShared(const FunctionBuilder& f, uint32_t memory) {
  return memoryType(f, memory).limits.isShared;
}

llvm::LoadInst* memoryByteSize(FunctionBuilder& f, uint32_t memory) {
  uint64_t offset = importedMemory(f, memory) + offsetof(abi::ImportedMemory, def);
  Value* def = f.abi.loadInvariant(f.ir, f.ir.getPtrTy(), f.context, offset);
  Value* size = AbiLowering::at(f.ir, def, offsetof(abi::MemoryDef, byteSize));
  llvm::LoadInst* load = f.ir.CreateLoad(f.ir.getInt64Ty(), size);
  if (isShared(f, memory)) load->setAtomic(llvm::AtomicOrdering::Unordered);
  // The size is in the scope of tables, since no store to a memory can change it.
  return f.abi.inScope(load, Scope::Tables);
}

bool isChecked(const FunctionBuilder& f, uint32_t memory) {
  const wasm::MemoryType& type = memoryType(f, memory);
  return type.limits.is64 || type.pageSizeLog2 != wasm::kDefaultPageSizeLog2 ||
         f.options().bounds == Bounds::Explicit;
}

Value* widenIndex(FunctionBuilder& f, Value* index) {
  return f.ir.CreateZExt(index, f.ir.getInt64Ty());
}

Value* narrowIndex(FunctionBuilder& f, Value* wide, const wasm::Limits& limits) {
  return f.ir.CreateTrunc(wide, f.type(limits.indexType()));
}

Value* unknownCopy(FunctionBuilder& f, Value* value) {
  auto* type = llvm::FunctionType::get(value->getType(), {value->getType()}, false);
  llvm::CallInst* copy =
      f.ir.CreateCall(type, llvm::InlineAsm::get(type, "", "=r,0", false), {value});
  copy->setDoesNotAccessMemory();
  copy->setDoesNotThrow();
  return copy;
}

Value* effectiveAddress(FunctionBuilder& f, uint32_t memory, Value* index, uint64_t offset,
                        uint32_t accessBytes) {
  Value* wide = widenIndex(f, index);
  if (isChecked(f, memory)) {
    trapIf(f, isBeyond(f, memory, wide, offset, offset + accessBytes),
           abi::TrapCode::MemoryOutOfBounds);
  }
  if (isClamped(f, memory)) {
    // A second comparison selects the address. A data dependence is not predicted, unlike a branch.
    Value* copy = unknownCopy(f, wide);
    Value* beyond = isBeyond(f, memory, copy, offset, offset + accessBytes);
    Value* distance = f.ir.CreateAdd(copy, f.ir.getInt64(offset));
    return offsetPointer(f, memoryBase(f, memory),
                         f.ir.CreateSelect(beyond, f.ir.getInt64(0), distance));
  }
  Value* address = offsetPointer(f, memoryBase(f, memory), wide);
  return AbiLowering::at(f.ir, address, offset);
}

Value* checkedRange(FunctionBuilder& f, uint32_t memory, Value* begin, Value* length) {
  trapIf(f, isBeyondRange(f, memory, begin, length), abi::TrapCode::MemoryOutOfBounds);
  if (isClamped(f, memory)) {
    Value* copy = unknownCopy(f, begin);
    begin = f.ir.CreateSelect(isBeyondRange(f, memory, copy, length), f.ir.getInt64(0), copy);
  }
  return offsetPointer(f, memoryBase(f, memory), begin);
}

}  // namespace codegen
