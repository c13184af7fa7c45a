// The reader and the writer of heap, reference and value types in the binary format (sections 5.3.1
// to 5.3.5).
#pragma once

#include "compiler/wasm/binary/cursor.h"
#include "compiler/wasm/types.h"

namespace wasm {

// Read a type. If there is none, the cursor fails and the result is a bottom type. Concrete type
// indices are not compared with the number of types.
HeapType readHeapType(Cursor& in);
ValueType readValueType(Cursor& in);
ValueType readReferenceType(Cursor& in);

// Returns whether a value type can start with `byte`. Distinguishes it from the empty block type
// and from a type index.
bool startsValueType(uint8_t byte);

// Append a type in its shortest form, with the abbreviations of the format: funcref is one byte.
// Require that the type is not Bottom, which has no encoding.
void writeHeapType(base::Bytes& out, HeapType type);
void writeValueType(base::Bytes& out, ValueType type);

}  // namespace wasm
