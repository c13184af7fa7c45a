// Value, heap and reference types in the binary format (section 5.3), both ways.
#pragma once

#include "compiler/wasm/binary/cursor.h"
#include "compiler/wasm/types.h"

namespace wasm {

HeapType readHeapType(Cursor& in);
ValueType readValueType(Cursor& in);
ValueType readReferenceType(Cursor& in);

// Whether `byte` can start a value type, as opposed to a type index or the empty block type.
bool startsValueType(uint8_t byte);

void writeHeapType(base::Bytes& out, HeapType type);
void writeValueType(base::Bytes& out, ValueType type);

}  // namespace wasm
