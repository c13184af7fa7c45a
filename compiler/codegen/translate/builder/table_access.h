// Accesses to tables. A table is an abi::TableDef, whose elements are abi::FuncElement in tables of
// functions and abi::RefElement in all others.
#pragma once

#include "compiler/codegen/translate/builder/function_builder.h"

namespace codegen {

// Returns the current number of elements, as i64.
llvm::Value* currentTableSize(FunctionBuilder& f, uint32_t table);

// Returns the limits of a table's type, which include its address type.
const wasm::Limits& tableLimits(const FunctionBuilder& f, uint32_t table);

// Returns whether the elements of a table are abi::FuncElement.
bool isFunctionTable(const FunctionBuilder& f, uint32_t table);

// Returns a pointer to the element at `index`, an operand of the table's address type. Adds a trap
// with `outOfBounds` if there is no such element. Unless Options::spectre is Off, the pointer is
// within the array of elements also during speculative execution past the check. It is valid until
// the table grows.
llvm::Value* tableElement(FunctionBuilder& f, uint32_t table, llvm::Value* index,
                          abi::TrapCode outOfBounds);

// Returns the field of an element at `offset`, in bytes.
llvm::Value* elementField(FunctionBuilder& f, llvm::Value* element, llvm::Type* type,
                          uint64_t offset);

}  // namespace codegen
