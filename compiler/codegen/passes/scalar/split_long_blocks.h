// Blocks of a length that does the back end no harm.
//
// Without optimisation LLVM selects instructions for a block as a whole, and allocates its
// registers, in time that grows with the square of its length. Blocks of some hundred instructions
// cost little more than one that has all of them.
#pragma once

#include <llvm/IR/Function.h>

namespace codegen {

// Cuts all blocks but the first, which has the locals, into short ones.
void splitLongBlocks(llvm::Function& function);

}  // namespace codegen
