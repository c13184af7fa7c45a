// Reads and writes heap, reference and value types in the binary format (sections 5.3.3 to 5.3.5).
#pragma once

#include "compiler/wasm/binary/cursor.h"
#include "compiler/wasm/types.h"

namespace wasm {

// Read a type. The cursor fails if there is none; type indices are not checked.
HeapType readHeapType(Cursor& in);
ValueType readValueType(Cursor& in);
ValueType readReferenceType(Cursor& in);

// Returns whether a value type can start with `byte`. Used to tell it from the empty block type and
// from a type index.
bool startsValueType(uint8_t byte);

// Append a type in its shortest form: abbreviations where the format has them.
void writeHeapType(base::Bytes& out, HeapType type);
void writeValueType(base::Bytes& out, ValueType type);

}  // namespace wasm
