#include "compiler/codegen/translate/objects/type_check.h"

#include "compiler/codegen/translate/builder/calls.h"
#include "compiler/codegen/translate/objects/objects.h"

namespace codegen {

using llvm::BasicBlock;
using llvm::Value;
using wasm::HeapType;

namespace {

// Adds `test` in a block of its own that is executed only if `guard` is true. Returns an i1:
// whether both are true.
template <class Test>
Value* both(FunctionBuilder& f, Value* guard, Test&& test) {
  BasicBlock* before = f.ir.GetInsertBlock();
  BasicBlock* tested = newBlock(f, "test");
  BasicBlock* end = newBlock(f, "tested");
  f.ir.CreateCondBr(guard, tested, end);
  startBlock(f, tested);
  Value* result = test();
  BasicBlock* testedEnd = f.ir.GetInsertBlock();
  f.ir.CreateBr(end);
  startBlock(f, end);
  llvm::PHINode* phi = f.ir.CreatePHI(f.ir.getInt1Ty(), 2);
  phi->addIncoming(f.ir.getFalse(), before);
  phi->addIncoming(result, testedEnd);
  return phi;
}

// The words of references: see object.h.
Value* isI31(FunctionBuilder& f, Value* reference) {
  return f.ir.CreateTrunc(toWord(f, reference), f.ir.getInt1Ty());
}

Value* isObjectOrNull(FunctionBuilder& f, Value* reference) {
  Value* low = f.ir.CreateAnd(toWord(f, reference), f.ir.getInt64(7));
  return f.ir.CreateICmpEQ(low, f.ir.getInt64(0));
}

Value* isObject(FunctionBuilder& f, Value* reference) {
  return f.ir.CreateAnd(f.ir.CreateIsNotNull(reference), isObjectOrNull(f, reference));
}

// Returns the row of a type word in the table of type descriptors.
Value* descriptorOf(FunctionBuilder& f, Value* word) {
  Value* table = f.abi.loadInvariant(f.ir, f.ir.getPtrTy(), execState(f),
                                     offsetof(abi::ExecState, typeDescriptors));
  return f.ir.CreatePtrAdd(table, f.ir.CreateZExt(word, f.ir.getInt64Ty()));
}

Value* typeWordOf(FunctionBuilder& f, Value* object) {
  return f.abi.inObject(f.ir.CreateLoad(f.ir.getInt32Ty(), object), f.abi.headerTag());
}

// Returns the ObjectKind of an object, an i8.
Value* kindOf(FunctionBuilder& f, Value* object) {
  Value* descriptor = descriptorOf(f, typeWordOf(f, object));
  return f.abi.loadInvariant(f.ir, f.ir.getInt8Ty(), descriptor,
                             offsetof(abi::TypeDescriptor, kind));
}

Value* isKind(FunctionBuilder& f, Value* found, abi::ObjectKind kind) {
  return f.ir.CreateICmpEQ(found, f.ir.getInt8(static_cast<uint8_t>(kind)));
}

// Strings, which any.convert_extern makes references of the any hierarchy, are not eq.
Value* isStructOrArray(FunctionBuilder& f, Value* object) {
  Value* kind = kindOf(f, object);
  return f.ir.CreateOr(isKind(f, kind, abi::ObjectKind::Struct),
                       isKind(f, kind, abi::ObjectKind::Array));
}

// Returns whether the type with the word `found` is `typeIndex` or a subtype.
Value* isSubtype(FunctionBuilder& f, Value* found, uint32_t typeIndex) {
  Value* expected = typeWord(f, typeIndex);
  if (f.source().types[typeIndex].isFinal) return f.ir.CreateICmpEQ(found, expected);
  uint32_t depth = f.plan().objectLayouts().depth(typeIndex);
  if (depth >= abi::kDisplaySize) {
    auto idOf = [&](Value* word) {
      Value* row = f.ir.CreateUDiv(word, f.ir.getInt32(sizeof(abi::TypeDescriptor)));
      return f.ir.CreateSub(row, f.ir.getInt32(abi::kFirstTypeRow));
    };
    return f.ir.CreateIsNotNull(callBuiltin(f, builtins::isSubtype, {idOf(found), idOf(expected)}));
  }
  Value* super =
      f.abi.loadInvariant(f.ir, f.ir.getInt32Ty(), descriptorOf(f, found),
                          offsetof(abi::TypeDescriptor, display) + depth * sizeof(uint32_t));
  return f.ir.CreateICmpEQ(super, expected);
}

Value* isFunctionOf(FunctionBuilder& f, Value* reference, uint32_t typeIndex) {
  return both(f, f.ir.CreateIsNotNull(reference), [&] {
    Value* id =
        f.abi.loadInvariant(f.ir, f.ir.getInt32Ty(), reference, offsetof(abi::FuncRef, typeId));
    Value* row = f.ir.CreateNUWAdd(id, f.ir.getInt32(abi::kFirstTypeRow));
    Value* word = f.ir.CreateNUWMul(row, f.ir.getInt32(sizeof(abi::TypeDescriptor)));
    return isSubtype(f, word, typeIndex);
  });
}

Value* isObjectOf(FunctionBuilder& f, Value* reference, uint32_t typeIndex) {
  return both(f, isObject(f, reference),
              [&] { return isSubtype(f, typeWordOf(f, reference), typeIndex); });
}

// Returns whether a reference that is not null, or may be, has the heap type; false for null.
Value* isNonNullOf(FunctionBuilder& f, Value* reference, HeapType heap) {
  if (heap.isConcrete()) {
    uint32_t index = heap.typeIndex();
    bool isFunction = f.source().types[index].kind == wasm::CompositeKind::Func;
    return isFunction ? isFunctionOf(f, reference, index) : isObjectOf(f, reference, index);
  }
  switch (heap.abstract()) {
    case HeapType::kI31:
      return isI31(f, reference);
    case HeapType::kEq: {
      Value* isInteger = isI31(f, reference);
      return f.ir.CreateOr(isInteger, both(f, isObject(f, reference),
                                           [&] { return isStructOrArray(f, reference); }));
    }
    case HeapType::kStruct:
      return both(f, isObject(f, reference),
                  [&] { return isKind(f, kindOf(f, reference), abi::ObjectKind::Struct); });
    case HeapType::kArray:
      return both(f, isObject(f, reference),
                  [&] { return isKind(f, kindOf(f, reference), abi::ObjectKind::Array); });
    case HeapType::kNone:
    case HeapType::kNoFunc:
    case HeapType::kNoExtern:
    case HeapType::kNoExn:
      return f.ir.getFalse();
    default:
      return f.ir.CreateIsNotNull(reference);  // the top of the hierarchy
  }
}

}  // namespace

Value* hasType(FunctionBuilder& f, Value* reference, HeapType heap, bool nullable) {
  Value* matches = isNonNullOf(f, reference, heap);
  return nullable ? f.ir.CreateOr(f.ir.CreateIsNull(reference), matches) : matches;
}

}  // namespace codegen
