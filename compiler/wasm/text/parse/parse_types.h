// Parsers of types in the text format (section 6.4). Those called expect... fail at the cursor if
// the construct is not there; those called take... leave the cursor where it is.
#pragma once

#include "compiler/wasm/text/parse/parse_context.h"

namespace wasm {

// Value types. atValueType returns whether a value type starts at the cursor.
bool atValueType(const TextCursor& in);
ValueType expectValueType(ParseContext& p);
ValueType expectReferenceType(ParseContext& p);
HeapType expectHeapType(ParseContext& p);

// Parses the optional address type before limits (section 6.4.8). Returns whether it is i64.
bool takeIs64(ParseContext& p);
// Parse what follows the address type.
TableType expectTableType(ParseContext& p, bool is64);
MemoryType expectMemoryType(ParseContext& p, bool is64);
// Parses an optional `(pagesize n)`. Returns log2 of n, or of the default page size.
uint32_t takePageSizeLog2(ParseContext& p);

// Parses `type` or `(mut type)`.
GlobalType expectGlobalType(ParseContext& p);

// A function to call with the name of each parameter that has one; null where parameters must not
// have names. ignoreParam does nothing; bindLocal makes it the name of a local.
using BindParam = void (*)(ParseContext& p, const ItemName& name, uint32_t index);
void ignoreParam(ParseContext& p, const ItemName& name, uint32_t index);
void bindLocal(ParseContext& p, const ItemName& name, uint32_t index);

// Parses `(param ...)* (result ...)*` and appends to `into`. Returns whether there was any of them.
bool takeSignature(ParseContext& p, FuncType& into, BindParam bind);
// Parses a type use, `(type $t)? (param ...)* (result ...)*`, and returns the index of the type.
// A number that is out of range is returned as it is if there is no signature to compare with.
uint32_t expectTypeUse(ParseContext& p, BindParam bind);

// Parse the fields `(type ...)` and `(rec ...)`.
void parseTypeField(ParseContext& p);
void parseRecField(ParseContext& p);

}  // namespace wasm
