// Makes loops end by the 64-bit counter that addresses memory in them.
//
// A loop ends by a test of a 32-bit counter. Once its addresses are counted in 64 bits, LLVM keeps
// one of the two, and what is left of the number of iterations is obscured: the lower half of the
// 64-bit counter equals something, or the 32-bit one starts where code for another iteration has
// left off. So where the number of iterations is known, the test becomes "has it been so many?".
//
// It is sound, being the same number. A loop that goes on until a counter equals something, and
// that steps over it, would go on until an access traps, which one does in each of the loops asked
// for: the number is larger then than what can be reached. It costs nothing in the loop, where one
// counter fewer is left.
//
// Worth: ludcmp 1.44 to 0.63 of native -O3, gemm 2.4 to 0.72.
#pragma once

#include <llvm/ADT/MapVector.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/Instructions.h>

namespace codegen {

class LinearTestReplacement {
 public:
  LinearTestReplacement(const llvm::DominatorTree& dominators, llvm::ScalarEvolution& evolution)
      : dominators_(dominators), evolution_(evolution) {}

  // Asks for a test of `passed`, which is 0 in the first iteration of `loop` and grows by `step`
  // each time, until an access traps. The first that is asked for of a loop counts.
  void add(const llvm::Loop& loop, llvm::PHINode& passed, int64_t step) {
    counters_.insert({&loop, Counter{&passed, step}});
  }

  // Rewrites the tests of those loops whose number of iterations is known. Only conditions of
  // branches change.
  void apply();

 private:
  struct Counter {
    llvm::PHINode* passed;
    int64_t step;
  };

  bool rewriteOne(const llvm::Loop& loop, const Counter& counter);
  llvm::Value* countIn(llvm::BasicBlock& exiting, const llvm::Loop& loop);
  llvm::Value* expand(const llvm::SCEV* value, const llvm::Loop& loop);

  const llvm::DominatorTree& dominators_;
  llvm::ScalarEvolution& evolution_;
  llvm::MapVector<const llvm::Loop*, Counter> counters_;
};

}  // namespace codegen
