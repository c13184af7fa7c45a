// Objects of the garbage-collected heap (runtime/abi/object.h): their allocation, and accesses to
// their fields and elements.
//
// An allocation is a call of kNewObject or kNewArray until lower-allocations replaces it, and a
// store of a reference to an object a call of kStoreReference until lower-reference-stores adds the
// write barrier. So LLVM neither separates a store from its barrier nor moves either across a point
// where a collection may happen, and it deletes objects that do not escape.
#pragma once

#include "compiler/codegen/translate/builder/function_builder.h"

namespace codegen {

// A field of a struct, or an element of an array.
struct FieldAddress {
  llvm::Value* address;
  wasm::FieldType type;
  bool isTraced;
  llvm::MDNode* tag;  // !tbaa
};

// Returns the type word (abi::typeWord) of a type of the module, an i32.
llvm::Value* typeWord(FunctionBuilder& f, uint32_t typeIndex);

// Adds an allocation of a struct, or of an exception whose tag has the function type `typeIndex`,
// and returns it. Its fields must be initialized.
llvm::Value* newObject(FunctionBuilder& f, uint32_t typeIndex);
// Adds an allocation of an array of `length` elements, an i32, and returns it. Elements that are
// references to objects are equal to `fill`; others must be initialized.
llvm::Value* newArray(FunctionBuilder& f, uint32_t typeIndex, llvm::Value* length,
                      llvm::Value* fill);

// Return a field of a struct, and an element of an array, whose index must be in bounds.
FieldAddress structField(FunctionBuilder& f, uint32_t typeIndex, uint32_t field,
                         llvm::Value* object);
FieldAddress arrayElement(FunctionBuilder& f, uint32_t typeIndex, llvm::Value* array,
                          llvm::Value* index);
// Returns an argument of an exception whose tag has the function type `typeIndex`.
FieldAddress exceptionArgument(FunctionBuilder& f, uint32_t typeIndex, uint32_t argument,
                               llvm::Value* exception);

// Returns the value of a field. A packed one is sign- or zero-extended to i32.
llvm::Value* loadField(FunctionBuilder& f, const FieldAddress& field, bool isSigned = false);
// Stores a value. A packed field takes the low bits of an i32.
void storeField(FunctionBuilder& f, const FieldAddress& field, llvm::Value* value);
// Stores to an object that has just been allocated, which needs no write barrier.
void initField(FunctionBuilder& f, const FieldAddress& field, llvm::Value* value);
// Returns the value that a field has by default: zero or null.
llvm::Value* defaultOf(FunctionBuilder& f, const wasm::FieldType& type);

// Stores `value` to `count` elements (an i32), the first of which is `first`, without barriers.
void fillElements(FunctionBuilder& f, const FieldAddress& first, llvm::Value* count,
                  llvm::Value* value);

// Returns the length of an array, an i32.
llvm::Value* arrayLength(FunctionBuilder& f, llvm::Value* array);
// Adds a trap unless [begin, begin + count), both i32, is inside of the array.
void checkElements(FunctionBuilder& f, llvm::Value* array, llvm::Value* begin, llvm::Value* count);

// Pops a reference and returns it. Adds a trap with `code` if it is null.
llvm::Value* popObject(FunctionBuilder& f, abi::TrapCode code);

// Returns the value of a reference as a word, an i64, and the reference of a word.
llvm::Value* toWord(FunctionBuilder& f, llvm::Value* reference);
llvm::Value* fromWord(FunctionBuilder& f, llvm::Value* word);

}  // namespace codegen
