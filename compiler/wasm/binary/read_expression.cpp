#include "compiler/wasm/binary/read_expression.h"

#include "compiler/wasm/binary/encode_instruction.h"

namespace wasm {

CodeRange readExpression(Cursor& in) {
  CodeRange range{in.offset(), in.offset()};
  uint32_t depth = 1;
  for (Instruction instruction; in.ok() && depth > 0;) {
    readInstruction(in, instruction);
    const OpcodeInfo& info = opcodeInfo(instruction.op);
    bool opensBlock =
        info.immediate == ImmediateShape::blockType || info.immediate == ImmediateShape::tryTable;
    bool closesBlock = info.family == Family::end || info.family == Family::legacyDelegate;
    if (opensBlock) ++depth;
    if (closesBlock) --depth;
  }
  range.end = in.offset();
  return range;
}

}  // namespace wasm
