// Tables as compiled code sees them: an abi::TableDef each, whose elements are abi::FuncElement in
// tables of functions and abi::RefElement in all others.
#pragma once

#include "compiler/codegen/translate/builder/function_builder.h"

namespace codegen {

// Returns the number of elements at present, as i64.
llvm::Value* currentTableSize(FunctionBuilder& f, uint32_t table);

// Returns the limits of a table's type; its elements are counted in its address type.
const wasm::Limits& tableLimits(const FunctionBuilder& f, uint32_t table);

// Whether the elements are abi::FuncElement.
bool isFunctionTable(const FunctionBuilder& f, uint32_t table);

// Returns a pointer to the element at the operand `index`. Traps with `outOfBounds` if there is
// none.
llvm::Value* tableElement(FunctionBuilder& f, uint32_t table, llvm::Value* index,
                          abi::TrapCode outOfBounds);

// Returns the field at byte `offset` of an element.
llvm::Value* elementField(FunctionBuilder& f, llvm::Value* element, llvm::Type* type,
                          uint64_t offset);

}  // namespace codegen
