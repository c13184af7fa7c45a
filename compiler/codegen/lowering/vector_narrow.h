// Integer lanes made narrower, with saturation.
#pragma once

#include "compiler/codegen/lowering/lowering.h"

namespace codegen {

// The lanes of `low`, then those of `high`, which are signed, in half their width; values out of
// its signed or unsigned range become the nearest in it.
llvm::Value* narrow(const Lowering& build, bool isSigned, llvm::Value* low, llvm::Value* high);

}  // namespace codegen
