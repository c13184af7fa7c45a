// Instructions in the binary format (section 5.4), both ways: one reader and one writer for each
// layout of immediates named in immediates.def.
#pragma once

#include "compiler/wasm/binary/cursor.h"
#include "compiler/wasm/instruction.h"

namespace wasm {

// Reads one instruction; every field of `out` is set. The cursor keeps the error.
void readInstruction(Cursor& in, Instruction& out);

// Appends the whole instruction: prefix, code and immediates, every number in its shortest form.
void writeInstruction(base::Bytes& out, const Instruction& instruction);

}  // namespace wasm
