// Function bodies and constant expressions as text: flat instructions.
#pragma once

#include <string_view>

#include "compiler/wasm/text/print/print_types.h"
#include "runtime/base/result.h"

namespace wasm {

// Texts end there; the longest that are read.
inline constexpr size_t kMaxTextSize = UINT32_MAX;

// Each is an error for malformed bytes, and for more text than the limit.

// The instructions of a function but for the final `end`, a line each.
base::Result<void> printBody(Printing& to, uint32_t function);
// "i32.const 1 i32.const 2 i32.add": a constant expression but for its `end`.
base::Result<void> printExpression(Printing& to, CodeRange expression);
// "(i32.const 1)" if it is one instruction, else "(KEYWORD i32.const 1 i32.const 2 i32.add)".
base::Result<void> printOperand(Printing& to, CodeRange expression, std::string_view keyword);

}  // namespace wasm
