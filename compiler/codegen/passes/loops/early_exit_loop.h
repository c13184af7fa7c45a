// Recognizes loops that search memory: they load consecutive elements, compare them, advance
// induction variables, and have a data-dependent (early) exit.
#pragma once

#include <llvm/ADT/MapVector.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/Instructions.h>

#include <optional>

namespace codegen {

// A comparison of an induction variable with a loop-invariant limit.
struct CounterTest {
  llvm::Value* counter;
  llvm::Value* limit;
  llvm::APInt step;  // not zero
  bool isSigned;
  bool isEquality;
  bool before;  // the result of the comparison while the counter has not reached the limit
};

// The parts of an early-exit loop. The loop and the analyses must outlive it.
class EarlyExitLoop {
 public:
  // `loop` must be in simplified form.
  EarlyExitLoop(llvm::Loop& loop, const llvm::LoopInfo& loops,
                const llvm::DominatorTree& dominators, llvm::ScalarEvolution& evolution)
      : loop_(loop), loops_(loops), dominators_(dominators), evolution_(evolution) {}

  // Returns true if the loop is an early-exit loop. The other members may be called only then.
  bool find();

  llvm::Loop& loop() const { return loop_; }
  // Returns the size of the elements, which is the same for all loads, in bytes.
  unsigned elementBytes() const { return elementBytes_; }
  // Returns the blocks in reverse post-order; the first is the header.
  llvm::ArrayRef<llvm::BasicBlock*> blocks() const { return blocks_; }
  // Returns the loads, each of which is executed in each iteration.
  llvm::ArrayRef<llvm::LoadInst*> loads() const { return loads_; }
  // Returns the header's induction variables with their steps.
  const llvm::MapVector<llvm::PHINode*, llvm::APInt>& counters() const { return counters_; }
  // Returns the header's other phis: first-order recurrences, whose value is computed from elements
  // that the previous iteration has loaded.
  llvm::ArrayRef<llvm::PHINode*> carried() const { return carried_; }
  // Returns the test that `value` is, or null.
  const CounterTest* counterTest(const llvm::Value* value) const;
  // Returns all tests of induction variables.
  const llvm::MapVector<const llvm::Value*, CounterTest>& counterTests() const { return tests_; }

 private:
  bool findBlocks();
  bool findPhis();
  bool findLoads();
  bool isConsecutive(llvm::LoadInst& load) const;
  bool findConditions();
  bool collect(llvm::Value* value);
  bool collectTest(llvm::ICmpInst& test);
  bool isUnconditional(const llvm::Instruction& instruction) const;

  llvm::Loop& loop_;
  const llvm::LoopInfo& loops_;
  const llvm::DominatorTree& dominators_;
  llvm::ScalarEvolution& evolution_;
  unsigned elementBytes_ = 0;
  llvm::SmallVector<llvm::BasicBlock*, 4> blocks_;
  llvm::SmallVector<llvm::LoadInst*, 4> loads_;
  llvm::MapVector<llvm::PHINode*, llvm::APInt> counters_;
  llvm::SmallVector<llvm::PHINode*, 2> carried_;
  llvm::MapVector<const llvm::Value*, CounterTest> tests_;
  llvm::SmallPtrSet<const llvm::Value*, 16> computed_;
};

}  // namespace codegen
