// What compiled code reads of the tables of constant_tables.h: two constants each, which all parts
// of a module share. They are defined next to the descriptor.
#pragma once

#include "compiler/codegen/translate/builder/module_builder.h"

namespace codegen {

// How many elements the constants have: those of the table, and null ones up to a power of two.
size_t constantElementCount(const ModuleBuilder& module, uint32_t table);

// By element, 32 bits: its type as ConstantTables numbers it.
llvm::GlobalVariable* elementTypes(ModuleBuilder& module, uint32_t table);

// By element: the address of its fast entry; null where it is no own function, or has another.
llvm::GlobalVariable* elementCode(ModuleBuilder& module, uint32_t table);

void defineConstantTables(ModuleBuilder& module);

}  // namespace codegen
