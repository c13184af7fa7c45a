// The printer of types in the text format (section 6.4), with the identifiers of the module.
#pragma once

#include <string_view>

#include "compiler/wasm/module.h"
#include "compiler/wasm/text/print/print_names.h"
#include "compiler/wasm/text/print/text_output.h"

namespace wasm {

// The state that all parts of the printer share. The module must outlive it.
struct Printing {
  const Module& module;
  PrintNames names;
  TextOutput out;
};

// Prints the identifier of an item or, if it has none, its index, which may be out of bounds.
void printIndex(Printing& to, IndexSpace space, uint32_t index);
// Prints the identifier and the index of an item where it is defined: "$name (;3;)".
void printDefinedIndex(Printing& to, IndexSpace space, uint32_t index);
// Print a type, without blanks around it. Type indices may be out of bounds.
void printHeapType(Printing& to, HeapType type);
void printReferenceType(Printing& to, HeapType heap, bool nullable);
void printValueType(Printing& to, ValueType type);
void printTableType(Printing& to, const TableType& type);
void printMemoryType(Printing& to, const MemoryType& type);
void printGlobalType(Printing& to, const GlobalType& type);

// Prints " (param $x i32) (param i64 f32)", or nothing if there are no types. Consecutive
// parameters without a name share a pair of parentheses.
void printParams(Printing& to, const ValueTypes& types, const NameMap& names);
// Prints locals in the same way, but without the first blank. The first local has the index
// `first`, which is the number of parameters.
void printLocals(Printing& to, const std::vector<LocalRun>& locals, uint32_t first,
                 const NameMap& names);
// Prints " (result i32 i64)", or nothing if there are no types.
void printResults(Printing& to, const ValueTypes& types);
// Prints " (type 3) (param i32) (result i32)". The index determines the type; the signature is
// printed for readers, with the names in `params`. It is omitted if the index is not that of a
// function type.
void printTypeUse(Printing& to, uint32_t typeIndex, const NameMap& params);

// Prints the definitions of all types, a line each, and groups of several types in `rec`.
void printTypes(Printing& to);

}  // namespace wasm
