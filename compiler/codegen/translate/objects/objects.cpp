#include "compiler/codegen/translate/objects/objects.h"

#include <llvm/IR/MDBuilder.h>

#include "compiler/codegen/abi/reference_facts.h"
#include "compiler/codegen/translate/builder/trap_sites.h"

namespace codegen {

using llvm::Value;

namespace {

llvm::Type* storageType(FunctionBuilder& f, const wasm::FieldType& type) {
  if (type.packed == wasm::PackedKind::I8) return f.ir.getInt8Ty();
  if (type.packed == wasm::PackedKind::I16) return f.ir.getInt16Ty();
  return f.type(type.type);
}

// Fields are aligned to their size, but at most to 8 bytes.
llvm::Align alignmentOf(const wasm::FieldType& type) {
  return llvm::Align(std::min(storageSize(type), 8u));
}

FieldAddress fieldAt(FunctionBuilder& f, Value* object, const FieldPlace& place, uint32_t index,
                     const wasm::FieldType& type) {
  return {AbiLowering::at(f.ir, object, place.offset), type, place.isTraced,
          f.abi.fieldTag(place.declaration, index)};
}

Value* truncateToField(FunctionBuilder& f, const wasm::FieldType& type, Value* value) {
  return type.packed == wasm::PackedKind::None ? value
                                               : f.ir.CreateTrunc(value, storageType(f, type));
}

// Returns the size in bytes of an array with `length` elements, an i64: abi::arraySize.
Value* arraySize(FunctionBuilder& f, uint32_t elementSize, Value* length) {
  Value* bytes =
      f.ir.CreateNUWMul(f.ir.CreateZExt(length, f.ir.getInt64Ty()), f.ir.getInt64(elementSize));
  Value* padded = f.ir.CreateNUWAdd(bytes, f.ir.getInt64(abi::kElements + 7));
  return f.ir.CreateAnd(padded, ~uint64_t{7});
}

// Null and i31 references need no barrier, since they refer to no object.
bool needsBarrier(const FieldAddress& field, Value* value) {
  return field.isTraced && !llvm::isa<llvm::Constant>(value);
}

}  // namespace

Value* typeWord(FunctionBuilder& f, uint32_t typeIndex) {
  return f.abi.loadInvariant(f.ir, f.ir.getInt32Ty(), f.context,
                             f.plan().layout().typeWords + typeIndex * sizeof(uint32_t));
}

// The stores of the header are part of the IR from the start, so that LLVM knows what a load of
// them yields.
Value* newObject(FunctionBuilder& f, uint32_t typeIndex) {
  const ObjectLayout& layout = f.plan().objectLayouts()[typeIndex];
  Value* type = typeWord(f, typeIndex);
  Value* object = f.ir.CreateCall(
      f.module.newObject(),
      {f.context, type, f.ir.getInt64(layout.size), f.ir.getInt64(layout.tracedWords)}, "object");
  f.abi.inObject(f.ir.CreateStore(type, object), f.abi.headerTag());
  return object;
}

Value* newArray(FunctionBuilder& f, uint32_t typeIndex, Value* length, Value* fill) {
  const FieldPlace& element = f.plan().objectLayouts()[typeIndex].fields[0];
  Value* reference = element.isTraced ? fill : llvm::ConstantPointerNull::get(f.ir.getPtrTy());
  Value* type = typeWord(f, typeIndex);
  Value* array = f.ir.CreateCall(f.module.newArray(),
                                 {f.context, type, length, arraySize(f, element.size, length),
                                  f.ir.getInt1(element.isTraced), reference},
                                 "array");
  f.abi.inObject(f.ir.CreateStore(type, array), f.abi.headerTag());
  f.abi.inObject(
      f.ir.CreateStore(length, AbiLowering::at(f.ir, array, offsetof(abi::ObjectHeader, length))),
      f.abi.lengthTag());
  return array;
}

FieldAddress structField(FunctionBuilder& f, uint32_t typeIndex, uint32_t field, Value* object) {
  return fieldAt(f, object, f.plan().objectLayouts()[typeIndex].fields[field], field,
                 f.source().types[typeIndex].fields[field]);
}

FieldAddress arrayElement(FunctionBuilder& f, uint32_t typeIndex, Value* array, Value* index) {
  const wasm::FieldType& type = f.source().types[typeIndex].fields[0];
  const FieldPlace& place = f.plan().objectLayouts()[typeIndex].fields[0];
  addArrayAccesses(f.module.module());
  FieldAddress field = fieldAt(f, array, place, 0, type);
  field.address =
      f.ir.CreateGEP(storageType(f, type), field.address, f.ir.CreateZExt(index, f.ir.getInt64Ty()),
                     "", llvm::GEPNoWrapFlags::inBounds() | llvm::GEPNoWrapFlags::noUnsignedWrap());
  return field;
}

FieldAddress exceptionArgument(FunctionBuilder& f, uint32_t typeIndex, uint32_t argument,
                               Value* exception) {
  wasm::FieldType type{f.source().types[typeIndex].func.params[argument]};
  return fieldAt(f, exception, f.plan().objectLayouts()[typeIndex].fields[argument], argument,
                 type);
}

Value* loadField(FunctionBuilder& f, const FieldAddress& field, bool isSigned) {
  llvm::LoadInst* load =
      f.ir.CreateAlignedLoad(storageType(f, field.type), field.address, alignmentOf(field.type));
  f.abi.inObject(load, field.tag);
  addReferenceFacts(*load, field.type.type);
  if (field.type.packed == wasm::PackedKind::None) return load;
  return isSigned ? f.ir.CreateSExt(load, f.ir.getInt32Ty())
                  : f.ir.CreateZExt(load, f.ir.getInt32Ty());
}

void initField(FunctionBuilder& f, const FieldAddress& field, Value* value) {
  f.abi.inObject(f.ir.CreateAlignedStore(truncateToField(f, field.type, value), field.address,
                                         alignmentOf(field.type)),
                 field.tag);
}

void storeField(FunctionBuilder& f, const FieldAddress& field, Value* value) {
  if (!needsBarrier(field, value)) return initField(f, field, value);
  llvm::CallInst* store =
      f.ir.CreateCall(f.module.storeReference(), {f.context, field.address, value});
  f.abi.inObject(store, field.tag);
}

Value* defaultOf(FunctionBuilder& f, const wasm::FieldType& type) {
  return llvm::Constant::getNullValue(f.type(type.type));
}

namespace {

// Adds a loop of stores, which LLVM vectorizes.
void fillByLoop(FunctionBuilder& f, const FieldAddress& first, Value* count, Value* value) {
  llvm::BasicBlock* before = f.ir.GetInsertBlock();
  llvm::BasicBlock* loop = newBlock(f, "fill");
  llvm::BasicBlock* end = newBlock(f, "filled");
  Value* zero = f.ir.getInt64(0);
  f.ir.CreateCondBr(f.ir.CreateICmpEQ(count, zero), end, loop);
  startBlock(f, loop);
  llvm::PHINode* index = f.ir.CreatePHI(f.ir.getInt64Ty(), 2);
  index->addIncoming(zero, before);
  FieldAddress element = first;
  element.address = f.ir.CreateInBoundsGEP(storageType(f, first.type), first.address, index);
  initField(f, element, value);
  Value* next = f.ir.CreateNUWAdd(index, f.ir.getInt64(1));
  index->addIncoming(next, loop);
  f.ir.CreateCondBr(f.ir.CreateICmpEQ(next, count), end, loop);
  startBlock(f, end);
}

}  // namespace

void fillElements(FunctionBuilder& f, const FieldAddress& first, Value* count, Value* value) {
  uint32_t size = storageSize(first.type);
  auto* constant = llvm::dyn_cast<llvm::Constant>(value);
  bool isZero = constant != nullptr && constant->isNullValue();
  Value* wideCount = f.ir.CreateZExt(count, f.ir.getInt64Ty());
  if (!isZero && size != 1) return fillByLoop(f, first, wideCount, value);
  Value* byte = isZero ? f.ir.getInt8(0) : truncateToField(f, first.type, value);
  f.abi.inObject(
      f.ir.CreateMemSet(first.address, byte, f.ir.CreateNUWMul(wideCount, f.ir.getInt64(size)),
                        alignmentOf(first.type)),
      first.tag);
}

Value* arrayLength(FunctionBuilder& f, Value* array) {
  return f.abi.inObject(
      f.ir.CreateLoad(f.ir.getInt32Ty(),
                      AbiLowering::at(f.ir, array, offsetof(abi::ObjectHeader, length))),
      f.abi.lengthTag());
}

// In 64 bits, in which the sum does not wrap.
void checkElements(FunctionBuilder& f, Value* array, Value* begin, Value* count) {
  auto wide = [&](Value* value) { return f.ir.CreateZExt(value, f.ir.getInt64Ty()); };
  Value* end = f.ir.CreateNUWAdd(wide(begin), wide(count));
  trapIf(f, f.ir.CreateICmpUGT(end, wide(arrayLength(f, array))), abi::TrapCode::ArrayOutOfBounds);
}

Value* popObject(FunctionBuilder& f, abi::TrapCode code) {
  Value* reference = f.pop();
  trapIf(f, f.ir.CreateIsNull(reference), code);
  return reference;
}

Value* toWord(FunctionBuilder& f, Value* reference) {
  return f.ir.CreatePtrToInt(reference, f.ir.getInt64Ty());
}

Value* fromWord(FunctionBuilder& f, Value* word) {
  return f.ir.CreateIntToPtr(word, f.ir.getPtrTy());
}

}  // namespace codegen
