// Ends loops after a number of iterations that is computed before them, whatever else happens.
//
// A loop with an exit test that is made in each iteration, and whose outcome is known beforehand to
// be "stay" N times, gets the test "has it been min(N, limit) times?" instead. That costs nothing
// in the loop, and LLVM can still tell the number of iterations.
#pragma once

#include <llvm/ADT/MapVector.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/Instructions.h>

namespace codegen {

// Loads and stores that are made in each iteration of a loop.
using Accesses = llvm::SmallVector<const llvm::Instruction*, 2>;

class TripLimits {
 public:
  TripLimits(const llvm::DominatorTree& dominators, llvm::ScalarEvolution& evolution)
      : dominators_(dominators), evolution_(evolution) {}

  // Whether the loop has such a test.
  bool canLimit(const llvm::Loop& loop) const { return findExit(loop).test != nullptr; }

  // Asks that the loop, which canLimit, ends with the iteration that is the last in which any of
  // `accesses` can succeed: it goes round at most `most` times (64 bits, unsigned, known in the
  // preheader) after the first, or once more where the test comes before them. `passed` starts at 0
  // and grows by `step` each time.
  void add(const llvm::Loop& loop, llvm::PHINode& passed, int64_t step, llvm::Value* most,
           const Accesses& accesses);

  // Rewrites the tests. Only conditions of branches change.
  void apply();

 private:
  struct Exit {
    llvm::BranchInst* test;   // null where there is none
    const llvm::SCEV* count;  // how often the loop stays
  };

  struct Limit {
    Exit exit;
    llvm::PHINode* passed;
    int64_t step;
    llvm::Value* most;
  };

  Exit findExit(const llvm::Loop& loop) const;
  void rewrite(const llvm::Loop& loop, const Limit& limit);

  const llvm::DominatorTree& dominators_;
  llvm::ScalarEvolution& evolution_;
  llvm::MapVector<const llvm::Loop*, Limit> limits_;
};

}  // namespace codegen
