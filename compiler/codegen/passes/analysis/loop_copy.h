// Copies of loops, for passes that make two versions of one.
#pragma once

#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/IR/Dominators.h>

namespace codegen {

// Returns the innermost loops of a function that may be copied and have at most `maxInstructions`.
// They need not be in simplified form.
llvm::SmallVector<llvm::Loop*, 8> copyableLoops(const llvm::LoopInfo& loops,
                                                size_t maxInstructions);

// Copies a loop, with its preheader `entry`, and returns the copy, whose preheader has no
// predecessor yet. `guard`, the block before `entry`, is to branch to both: it dominates what
// follows them. Requires a loop in simplified form and in LCSSA form.
llvm::Loop* copyLoop(llvm::Loop& loop, llvm::BasicBlock* entry, llvm::BasicBlock* guard,
                     const char* suffix, llvm::LoopInfo& loops, llvm::DominatorTree& dominators,
                     llvm::ScalarEvolution& evolution);

}  // namespace codegen
