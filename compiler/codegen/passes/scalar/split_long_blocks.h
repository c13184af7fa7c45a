// Splits long basic blocks, for functions that are compiled without optimization.
//
// At -O0, instruction selection and register allocation handle a block as a whole, in time that is
// quadratic in its length. Blocks of some hundred instructions cost little more in total than one
// block with all of them.
#pragma once

#include <llvm/IR/Function.h>

namespace codegen {

// Splits all blocks of `function` but the first, which has the allocas of the locals.
void splitLongBlocks(llvm::Function& function);

}  // namespace codegen
