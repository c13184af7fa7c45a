// What follows an opcode in the binary format (section 5.4): one reader and one writer for each
// layout named in immediates.def.
#pragma once

#include "compiler/wasm/binary/cursor.h"
#include "compiler/wasm/instruction.h"

namespace wasm {

// Reads the immediates of out.op into `out`, whose other fields hold their defaults.
void readImmediates(Cursor& in, Instruction& out);

// Appends the whole instruction: prefix, code and immediates, every number in its shortest form.
void writeInstruction(base::Bytes& out, const Instruction& instruction);

}  // namespace wasm
