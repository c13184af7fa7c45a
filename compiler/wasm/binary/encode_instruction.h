// The reader and the writer of instructions in the binary format (section 5.4). There is one pair
// of functions for each layout of immediates in immediates.def.
#pragma once

#include "compiler/wasm/binary/cursor.h"
#include "compiler/wasm/instruction.h"

namespace wasm {

// Reads one instruction and sets all members of `out`, so that it can be reused; its vectors keep
// their memory. If the bytes are malformed or the opcode is unknown, the cursor fails and the
// contents of `out` are unspecified. Indices are not checked.
void readInstruction(Cursor& in, Instruction& out);

// Appends prefix, opcode and immediates, every number in its shortest form. Requires that the
// members that the ImmediateShape uses are set.
void writeInstruction(base::Bytes& out, const Instruction& instruction);

}  // namespace wasm
