// Forms every address in a linear memory; nothing else does.
//
// A memory with 32-bit addresses lies in a reservation that an index (32 bits) plus a static offset
// (32 bits) cannot leave, so that the hardware does the check. Explicit checks compare against the
// current size: for 64-bit addresses, for pages of one byte (which end where the hardware's do
// not), and on request.
#include "compiler/codegen/function_emitter.h"

namespace codegen {

using llvm::Value;

namespace {

Value* offsetPointer(llvm::IRBuilder<>& builder, Value* base, Value* offset) {
  return builder.CreateGEP(
      builder.getInt8Ty(), base, offset, "",
      llvm::GEPNoWrapFlags::inBounds() | llvm::GEPNoWrapFlags::noUnsignedWrap());
}

}  // namespace

Value* FunctionEmitter::memoryBase(uint32_t memory) {
  Value*& base = memoryBases_[memory];
  if (base == nullptr) {
    uint64_t offset = plan_.layout().memories + memory * sizeof(abi::ImportedMemory) +
                      offsetof(abi::ImportedMemory, base);
    base = abi_.loadInvariant(entry_, entry_.getPtrTy(), context_, offset);
    base->setName("memory");
  }
  return base;
}

Value* FunctionEmitter::memoryByteSize(uint32_t memory) {
  uint64_t offset = plan_.layout().memories + memory * sizeof(abi::ImportedMemory) +
                    offsetof(abi::ImportedMemory, def);
  Value* def = abi_.loadInvariant(builder_, builder_.getPtrTy(), context_, offset);
  Value* size = AbiLowering::at(builder_, def, offsetof(abi::MemoryDef, byteSize));
  return abi_.inScope(builder_.CreateLoad(builder_.getInt64Ty(), size), Scope::Tables);
}

bool FunctionEmitter::isChecked(uint32_t memory) const {
  const wasm::MemoryType& type = source().memories[memory].type;
  return type.limits.is64 || type.pageSizeLog2 != wasm::kDefaultPageSizeLog2 ||
         module_.options().bounds == Bounds::Explicit;
}

Value* FunctionEmitter::widen(Value* index) {
  return builder_.CreateZExt(index, builder_.getInt64Ty());
}

Value* FunctionEmitter::narrowTo(Value* wide, const wasm::Limits& limits) {
  return builder_.CreateTrunc(wide, type(limits.indexType()));
}

// Whether not all of the bytes [wide + offset, wide + reach) lie in the memory.
Value* FunctionEmitter::isBeyond(uint32_t memory, Value* wide, uint64_t offset, uint64_t reach) {
  if (reach < offset) return builder_.getTrue();
  Value* size = memoryByteSize(memory);
  Value* distance = builder_.getInt64(reach);
  // The sum of an index of 32 bits, an offset of 32 bits and a few bytes does not wrap.
  bool is64 = source().memories[memory].type.limits.is64;
  if (!is64) return builder_.CreateICmpUGT(builder_.CreateNUWAdd(wide, distance), size);
  // Here it may, so the distance is subtracted from a size that is no smaller.
  Value* tooSmall = builder_.CreateICmpULT(size, distance);
  Value* beyond = builder_.CreateICmpUGT(wide, builder_.CreateSub(size, distance));
  return builder_.CreateOr(tooSmall, beyond);
}

// Pointer to `accessBytes` bytes at index + offset; where checks are explicit, traps first.
Value* FunctionEmitter::effectiveAddress(uint32_t memory, Value* index, uint64_t offset,
                                         uint32_t accessBytes) {
  Value* wide = widen(index);
  if (isChecked(memory)) {
    trapIf(isBeyond(memory, wide, offset, offset + accessBytes), abi::TrapCode::MemoryOutOfBounds);
  }
  Value* address = offsetPointer(builder_, memoryBase(memory), wide);
  return AbiLowering::at(builder_, address, offset);
}

// Pointer to [begin, begin + length) for bulk instructions, which trap before they write anything.
Value* FunctionEmitter::checkedRange(uint32_t memory, Value* begin, Value* length) {
  Value* size = memoryByteSize(memory);
  Value* beyond;
  if (source().memories[memory].type.limits.is64) {
    Value* tooLong = builder_.CreateICmpUGT(length, size);
    beyond = builder_.CreateICmpUGT(begin, builder_.CreateSub(size, length));
    beyond = builder_.CreateOr(tooLong, beyond);
  } else {
    beyond = builder_.CreateICmpUGT(builder_.CreateNUWAdd(begin, length), size);
  }
  trapIf(beyond, abi::TrapCode::MemoryOutOfBounds);
  return offsetPointer(builder_, memoryBase(memory), begin);
}

}  // namespace codegen
