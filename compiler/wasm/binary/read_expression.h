// Finds where an expression ends; its instructions are read again by whoever needs them.
#pragma once

#include "compiler/wasm/binary/cursor.h"

namespace wasm {

// The instructions from here up to and including the `end` that closes them.
CodeRange readExpression(Cursor& in);

}  // namespace wasm
