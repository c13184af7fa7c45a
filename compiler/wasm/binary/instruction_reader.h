// An iterator over the instructions of a function body or constant expression (section 5.4).
#pragma once

#include "compiler/wasm/binary/cursor.h"
#include "compiler/wasm/instruction.h"
#include "compiler/wasm/module.h"
#include "runtime/base/result.h"

namespace wasm {

// A position in a sequence of encoded instructions. The module and its bytes must outlive it.
class InstructionReader {
 public:
  InstructionReader(const Module& module, CodeRange range)
      : module_(&module), cursor_(module.bytes, range) {}

  // Return whether all instructions have been read, and the offset of the next one in
  // Module::bytes.
  bool atEnd() const { return cursor_.atEnd(); }
  uint32_t offset() const { return cursor_.offset(); }
  // Reads the next instruction and sets all members of `out`, so that it can be reused. Returns an
  // error with the position if the bytes are malformed; the reader is then at its end.
  base::Result<void> next(Instruction& out);

 private:
  const Module* module_;
  Cursor cursor_;
};

}  // namespace wasm
