// Types as text, with the module's identifiers.
#pragma once

#include <string_view>

#include "compiler/wasm/module.h"
#include "compiler/wasm/text/print/print_names.h"
#include "compiler/wasm/text/print/text_output.h"

namespace wasm {

// What all parts of the printer share.
struct Printing {
  const Module& module;
  PrintNames names;
  TextOutput out;
};

// Without blanks around what they add, but where it says otherwise.
void printIndex(Printing& to, IndexSpace space, uint32_t index);
// Where the index is defined: "$name (;3;)".
void printDefinedIndex(Printing& to, IndexSpace space, uint32_t index);
void printHeapType(Printing& to, HeapType type);
void printReferenceType(Printing& to, HeapType heap, bool nullable);
void printValueType(Printing& to, ValueType type);
void printTableType(Printing& to, const TableType& type);
void printMemoryType(Printing& to, const MemoryType& type);
void printGlobalType(Printing& to, const GlobalType& type);

// " (param $x i32) (param i64 f32)": what has no name is put together; nothing if there are no
// types. Locals, which are numbered after the parameters, without the first blank.
void printParams(Printing& to, const ValueTypes& types, const NameMap& names);
void printLocals(Printing& to, const std::vector<LocalRun>& locals, uint32_t first,
                 const NameMap& names);
// " (result i32 i64)"; nothing if there are no types.
void printResults(Printing& to, const ValueTypes& types);
// " (type 3) (param i32) (result i32)": the index decides, the rest is there to be read.
void printTypeUse(Printing& to, uint32_t typeIndex, const NameMap& params);

// The definitions of all types, a line each.
void printTypes(Printing& to);

}  // namespace wasm
