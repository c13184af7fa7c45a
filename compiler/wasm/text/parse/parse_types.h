// Types of the text format (section 6.4). Each parser fails at the cursor unless the construct is
// there, those called take... excepted.
#pragma once

#include "compiler/wasm/text/parse/parse_context.h"

namespace wasm {

bool atValueType(const TextCursor& in);
ValueType expectValueType(ParseContext& p);
ValueType expectReferenceType(ParseContext& p);
HeapType expectHeapType(ParseContext& p);

// The index type that may stand before limits: `i64`, or else `i32`.
bool takeIs64(ParseContext& p);
// What follows it.
TableType expectTableType(ParseContext& p, bool is64);
MemoryType expectMemoryType(ParseContext& p, bool is64);
// The log2 of `(pagesize n)`, if it is there, else of the default.
uint32_t takePageSizeLog2(ParseContext& p);

GlobalType expectGlobalType(ParseContext& p);

// What becomes of a parameter's name. Null: there must be none.
using BindParam = void (*)(ParseContext& p, const ItemName& name, uint32_t index);
void ignoreParam(ParseContext& p, const ItemName& name, uint32_t index);
void bindLocal(ParseContext& p, const ItemName& name, uint32_t index);

// `(param ...)* (result ...)*`; whether there was one.
bool takeSignature(ParseContext& p, FuncType& into, BindParam bind);
// `(type $t)? (param ...)* (result ...)*`: the index of the type. A number that is out of range is
// for the validator to refuse, if nothing depends on it.
uint32_t expectTypeUse(ParseContext& p, BindParam bind);

// The fields `(type ...)` and `(rec ...)`.
void parseTypeField(ParseContext& p);
void parseRecField(ParseContext& p);

}  // namespace wasm
