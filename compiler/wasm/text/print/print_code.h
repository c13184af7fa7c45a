// The printer of function bodies and constant expressions as flat instructions (section 6.5). Each
// function returns an error if an instruction is malformed. printBody() also returns one, with the
// position of the instruction, if the text exceeds its limit.
#pragma once

#include <string_view>

#include "compiler/wasm/text/print/print_types.h"
#include "runtime/base/result.h"

namespace wasm {

// Prints the instructions of a function, a line each, without the final `end`. Branch hints are
// printed as annotations on the line before their instruction.
base::Result<void> printBody(Printing& to, uint32_t function);
// Prints a constant expression without its `end`: "i32.const 1 i32.const 2 i32.add".
base::Result<void> printExpression(Printing& to, CodeRange expression);
// Prints "(i32.const 1)" if the expression is one instruction, which is the folded abbreviation,
// else "(KEYWORD i32.const 1 i32.const 2 i32.add)".
base::Result<void> printOperand(Printing& to, CodeRange expression, std::string_view keyword);

}  // namespace wasm
