// The parsers of types in the text format (section 6.4). Those called expect... fail at the cursor
// if the construct is not there; those called take... leave the cursor where it is. After a failure
// the result is an arbitrary type.
#pragma once

#include "compiler/wasm/text/parse/parse_context.h"

namespace wasm {

// Value types (sections 6.4.1 to 6.4.5). atValueType() returns whether a value type starts at the
// cursor. Numbers of type indices are not checked.
bool atValueType(const TextCursor& in);
ValueType expectValueType(ParseContext& p);
ValueType expectReferenceType(ParseContext& p);
HeapType expectHeapType(ParseContext& p);

// Parses the optional address type before limits (section 6.4.8). Returns whether it is i64.
bool takeIs64(ParseContext& p);
// Parse limits and the rest of the type after the address type (sections 6.4.12 and 6.4.13).
TableType expectTableType(ParseContext& p, bool is64);
MemoryType expectMemoryType(ParseContext& p, bool is64);
// Parses an optional `(pagesize n)` (custom page sizes proposal). Returns log2 of n, or of the
// default page size. Fails if n is not a power of two.
uint32_t takePageSizeLog2(ParseContext& p);

// Parses `type` or `(mut type)` (section 6.4.11).
GlobalType expectGlobalType(ParseContext& p);

// A function that is called with the name and the index of each parameter that has a name; null
// where parameters must not have names. ignoreParam() does nothing; bindLocal() makes it the name
// of a local of the current function.
using BindParam = void (*)(ParseContext& p, const ItemName& name, uint32_t index);
void ignoreParam(ParseContext& p, const ItemName& name, uint32_t index);
void bindLocal(ParseContext& p, const ItemName& name, uint32_t index);

// Parses `(param ...)* (result ...)*` and appends to `into`. Returns whether there was any of them.
// Fails if there are more than kMaxParams or kMaxResults.
bool takeSignature(ParseContext& p, FuncType& into, BindParam bind);
// Parses a type use, `(type $t)? (param ...)* (result ...)*` (section 6.4.15), and returns the
// index of the type. Fails if an index and a signature are both given and differ. A number that is
// out of range is returned as it is if there is no signature to compare with.
uint32_t expectTypeUse(ParseContext& p, BindParam bind);

// Parse the fields `(type ...)` and `(rec ...)` (sections 6.4.7 and 6.6.2), and append the types to
// the module.
void parseTypeField(ParseContext& p);
void parseRecField(ParseContext& p);

}  // namespace wasm
