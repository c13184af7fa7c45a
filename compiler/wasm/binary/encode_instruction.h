// Reads and writes instructions in the binary format (section 5.4). There is one reader and one
// writer for each layout of immediates in immediates.def.
#pragma once

#include "compiler/wasm/binary/cursor.h"
#include "compiler/wasm/instruction.h"

namespace wasm {

// Reads one instruction and sets all members of `out`, so that it can be reused. If the bytes are
// malformed, the cursor fails.
void readInstruction(Cursor& in, Instruction& out);

// Appends prefix, opcode and immediates, every number in its shortest form.
void writeInstruction(base::Bytes& out, const Instruction& instruction);

}  // namespace wasm
