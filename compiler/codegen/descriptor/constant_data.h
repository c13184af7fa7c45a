// Constant data in sections of their own.
#pragma once

#include <llvm/IR/GlobalVariable.h>

#include "compiler/codegen/descriptor/blob.h"

namespace codegen {

// Where a constant is.
struct Placement {
  const char* symbol;
  const char* section;
  uint64_t alignment;  // in bytes
};

// Define a constant, of bytes or of a blob, whose fixups it sorts. The symbol is hidden: other
// objects of the artifact can refer to it, but it is not in the dynamic symbol table.
llvm::GlobalVariable* defineBytes(llvm::Module& module, base::ByteView bytes,
                                  const Placement& placement);
llvm::GlobalVariable* defineBlob(llvm::Module& module, Blob& blob, const Placement& placement);

}  // namespace codegen
