// Steps through the instructions of a body or constant expression (section 5.4).
#pragma once

#include "compiler/wasm/binary/cursor.h"
#include "compiler/wasm/instruction.h"
#include "compiler/wasm/module.h"
#include "runtime/base/result.h"

namespace wasm {

// Reads instructions of `range` one after the other. On malformed bytes: an error with the file
// name and byte offset. One Instruction may be reused: all its fields are reset.
class InstructionReader {
 public:
  InstructionReader(const Module& module, CodeRange range)
      : module_(&module), cursor_(module.bytes, range) {}

  bool atEnd() const { return cursor_.atEnd(); }
  uint32_t offset() const { return cursor_.offset(); }
  base::Result<void> next(Instruction& out);

 private:
  const Module* module_;
  Cursor cursor_;
};

}  // namespace wasm
