// Finds the end of an expression (section 5.4.10). Its instructions are decoded once more when they
// are validated and translated.
#pragma once

#include "compiler/wasm/binary/cursor.h"

namespace wasm {

// Moves the cursor behind the `end` of the expression that starts at it. Returns the range of its
// instructions, including the `end`. The cursor fails if an instruction is malformed.
CodeRange readExpression(Cursor& in);

}  // namespace wasm
