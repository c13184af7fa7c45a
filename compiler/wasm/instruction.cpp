#include "compiler/wasm/instruction.h"

#include "compiler/wasm/binary/encode_instruction.h"

namespace wasm {

base::Result<void> InstructionReader::next(Instruction& out) {
  readInstruction(cursor_, out);
  if (cursor_.ok()) return {};
  return cursor_.status(module_->fileName);
}

}  // namespace wasm
