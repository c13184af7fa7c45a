#include "compiler/wasm/binary/instruction_reader.h"

#include "compiler/wasm/binary/encode_instruction.h"

namespace wasm {

base::Result<void> InstructionReader::next(Instruction& out) {
  readInstruction(cursor_, out);
  if (cursor_.ok()) return {};
  return cursor_.status(module_->fileName);
}

}  // namespace wasm
