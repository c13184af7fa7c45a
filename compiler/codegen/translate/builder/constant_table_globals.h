// The constants for the constant tables of plan/constant_tables.h: for each table an array of types
// and an array of code addresses, which all partitions of a module share. Partitions declare them;
// they are defined in the object file of the descriptor.
//
// `table` must be the index of a constant table. The llvm::Module of `module` owns the constants.
#pragma once

#include "compiler/codegen/translate/builder/module_builder.h"

namespace codegen {

// Returns the number of elements of the arrays: those of the table, and null ones up to a power of
// two, so that an index can be masked.
size_t constantElementCount(const ModuleBuilder& module, uint32_t table);

// Returns the declaration of the array of types: for each element an i32, the canonical type index
// of ConstantTables::Table::types, or ConstantTables::kNull.
llvm::GlobalVariable* elementTypes(ModuleBuilder& module, uint32_t table);

// Returns the declaration of the array of code: for each element the address of its fast entry. It
// is null if the element is null, an import, or a function whose code is a tail entry.
llvm::GlobalVariable* elementCode(ModuleBuilder& module, uint32_t table);

// Defines the arrays of all constant tables that have callees. Called once per artifact.
void defineConstantTables(ModuleBuilder& module);

}  // namespace codegen
