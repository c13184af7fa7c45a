// Forms every address in a linear memory; nothing else does.
//
// A memory with 32-bit addresses lies in a reservation that an index (32 bits) plus a static offset
// (32 bits) cannot leave, so that the hardware does the check. Explicit checks compare against the
// current size: for 64-bit addresses, for pages of one byte (which end where the hardware's do
// not), and on request.
#include <llvm/IR/InlineAsm.h>

#include "compiler/codegen/translate/function_emitter.h"

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

// The same value, of which LLVM knows nothing that a check has told.
Value* FunctionEmitter::opaque(Value* value) {
  auto* type = llvm::FunctionType::get(value->getType(), {value->getType()}, false);
  llvm::CallInst* copy =
      builder_.CreateCall(type, llvm::InlineAsm::get(type, "", "=r,0", false), {value});
  copy->setDoesNotAccessMemory();
  copy->setDoesNotThrow();
  return copy;
}

bool FunctionEmitter::isClamped(uint32_t memory) const {
  return isChecked(memory) && module_.options().spectre == Spectre::All;
}

// Pointer to `accessBytes` bytes at index + offset; where checks are explicit, traps first.
Value* FunctionEmitter::effectiveAddress(uint32_t memory, Value* index, uint64_t offset,
                                         uint32_t accessBytes) {
  Value* wide = widen(index);
  if (isChecked(memory)) {
    trapIf(isBeyond(memory, wide, offset, offset + accessBytes), abi::TrapCode::MemoryOutOfBounds);
  }
  if (isClamped(memory)) {
    // A second compare, whose result selects an address instead of a way to go.
    Value* copy = opaque(wide);
    Value* beyond = isBeyond(memory, copy, offset, offset + accessBytes);
    Value* distance = builder_.CreateAdd(copy, builder_.getInt64(offset));
    return offsetPointer(builder_, memoryBase(memory),
                         builder_.CreateSelect(beyond, builder_.getInt64(0), distance));
  }
  Value* address = offsetPointer(builder_, memoryBase(memory), wide);
  return AbiLowering::at(builder_, address, offset);
}

// Whether not all of the bytes [begin, begin + length) lie in the memory.
Value* FunctionEmitter::isBeyondRange(uint32_t memory, Value* begin, Value* length) {
  Value* size = memoryByteSize(memory);
  if (!source().memories[memory].type.limits.is64) {
    return builder_.CreateICmpUGT(builder_.CreateNUWAdd(begin, length), size);
  }
  Value* tooLong = builder_.CreateICmpUGT(length, size);
  Value* beyond = builder_.CreateICmpUGT(begin, builder_.CreateSub(size, length));
  return builder_.CreateOr(tooLong, beyond);
}

// Pointer to [begin, begin + length) for bulk instructions, which trap before they write anything.
Value* FunctionEmitter::checkedRange(uint32_t memory, Value* begin, Value* length) {
  trapIf(isBeyondRange(memory, begin, length), abi::TrapCode::MemoryOutOfBounds);
  if (isClamped(memory)) {
    Value* copy = opaque(begin);
    begin = builder_.CreateSelect(isBeyondRange(memory, copy, length), builder_.getInt64(0), copy);
  }
  return offsetPointer(builder_, memoryBase(memory), begin);
}

}  // namespace codegen
