// The lowering of the narrowing of integer lanes with saturation (section 4.3.2, narrow).
#pragma once

#include "compiler/codegen/lowering/lowering.h"

namespace codegen {

// Returns the lanes of `low`, then those of `high`, in half their width. The lanes of the operands
// are signed and have 16 or 32 bits. `isSigned` tells whether the lanes of the result are signed; a
// value out of their range becomes the nearest bound.
llvm::Value* narrow(const Lowering& build, bool isSigned, llvm::Value* low, llvm::Value* high);

}  // namespace codegen
