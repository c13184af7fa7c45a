// LinearTestReplacement: rewrites loop exit tests in terms of the widened induction variable.
//
// A loop exits by a test of a 32-bit counter. After IvWidening its addresses depend on a 64-bit
// counter. If LLVM then merges the two counters, the exit test becomes a test of the lower half of
// the 64-bit one, or of a counter with an opaque start, and the trip count is no longer computable.
// If the trip count is known now, the exit test is replaced:
//
//   %done = icmp eq i32 %i, %n     =>    %done = icmp eq i64 %passed, (trip count * step)
//
// Correctness: The exit is taken in the same iteration. A loop whose counter steps over its limit
// has no computable trip count; it runs until an access traps, which is guaranteed for all loops
// passed to `add`. For such a loop the test uses a count that cannot be reached.
//
// Limitations: One exit per loop is rewritten.
//
// See also: LFTR in LLVM's IndVarSimplify; Wolfe, "Beyond Induction Variables", PLDI 1992.
#pragma once

#include <llvm/ADT/MapVector.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/Instructions.h>

namespace codegen {

// Collects loops and rewrites their exit tests. The analyses must outlive it.
class LinearTestReplacement {
 public:
  LinearTestReplacement(const llvm::DominatorTree& dominators, llvm::ScalarEvolution& evolution)
      : dominators_(dominators), evolution_(evolution) {}

  // Registers `passed`, which is 0 in the first iteration of `loop` and advances by `step` in each
  // iteration, until an access traps. If a loop is added several times, the first call wins.
  void add(const llvm::Loop& loop, llvm::PHINode& passed, int64_t step) {
    counters_.insert({&loop, Counter{&passed, step}});
  }

  // Rewrites an exit test of each registered loop whose trip count is computable. Changes the
  // conditions of branches only, not the CFG.
  void apply();

 private:
  struct Counter {
    llvm::PHINode* passed;
    int64_t step;
  };

  bool rewriteOne(const llvm::Loop& loop, const Counter& counter);
  llvm::Value* expandExitCount(llvm::BasicBlock& exiting, const llvm::Loop& loop);
  llvm::Value* expand(const llvm::SCEV* value, const llvm::Loop& loop);

  const llvm::DominatorTree& dominators_;
  llvm::ScalarEvolution& evolution_;
  llvm::MapVector<const llvm::Loop*, Counter> counters_;
};

}  // namespace codegen
