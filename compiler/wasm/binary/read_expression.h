// The search for the end of an expression (section 5.4.10), whose size the binary format does not
// give. Its instructions are decoded again when they are validated and translated.
#pragma once

#include "compiler/wasm/binary/cursor.h"

namespace wasm {

// Moves the cursor past the `end` of the expression that starts at it. Returns the range of its
// instructions, including the `end`. The cursor fails if an instruction is malformed or the `end`
// is missing.
CodeRange readExpression(Cursor& in);

}  // namespace wasm
