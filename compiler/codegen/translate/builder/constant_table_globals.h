// What compiled code reads of the tables of plan/constant_tables.h: two constants each, which all
// parts of a module share. Functions here declare them; they are defined next to the descriptor.
// Tables must be among these.
#pragma once

#include "compiler/codegen/translate/builder/module_builder.h"

namespace codegen {

// Returns the number of elements of the constants: those of the table, and null ones up to a power
// of two, so that an index can be masked.
size_t constantElementCount(const ModuleBuilder& module, uint32_t table);

// By element, 32 bits: its type as ConstantTables numbers it.
llvm::GlobalVariable* elementTypes(ModuleBuilder& module, uint32_t table);

// By element: the address of its fast entry; null where it is no own function, or has another.
llvm::GlobalVariable* elementCode(ModuleBuilder& module, uint32_t table);

// Defines the constants of all tables that calls may read.
void defineConstantTables(ModuleBuilder& module);

}  // namespace codegen
