#include "compiler/wasm/binary/read_expression.h"

#include "compiler/wasm/binary/encode_instruction.h"

namespace wasm {

CodeRange readExpression(Cursor& in) {
  CodeRange range{in.offset(), in.offset()};
  // Structured instructions have an `end` of their own. An `else` or `catch` changes no depth;
  // whether it is in the right place is checked by validation.
  uint32_t depth = 1;
  for (Instruction instruction; in.ok() && depth > 0;) {
    readInstruction(in, instruction);
    Nesting nesting = opcodeInfo(instruction.op).nesting;
    if (nesting == Nesting::Opens) ++depth;
    if (nesting == Nesting::Closes) --depth;
  }
  range.end = in.offset();
  return range;
}

}  // namespace wasm
