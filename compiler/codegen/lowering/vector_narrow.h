// Integer lanes made narrower, with saturation (section 4.3.2, narrow).
#pragma once

#include "compiler/codegen/lowering/lowering.h"

namespace codegen {

// Returns the lanes of `low`, then those of `high`, in half their width. The operands' lanes are
// signed, of 16 or 32 bits; values out of the result's range, which `isSigned` is about, become the
// nearest in it.
llvm::Value* narrow(const Lowering& build, bool isSigned, llvm::Value* low, llvm::Value* high);

}  // namespace codegen
