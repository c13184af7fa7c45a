// A loop that searches memory: it does nothing but load elements that follow one another, compare
// and count, and ends where it has found something.
#pragma once

#include <llvm/ADT/MapVector.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/Instructions.h>

#include <optional>

namespace codegen {

// A comparison of something that counts with something that stays the same, and what it has to say
// while the count has not reached it.
struct CounterTest {
  llvm::Value* counter;
  llvm::Value* limit;
  llvm::APInt step;
  bool isSigned;
  bool isEquality;
  bool before;
};

class EarlyExitLoop {
 public:
  // `loop` must be simplified.
  EarlyExitLoop(llvm::Loop& loop, const llvm::LoopInfo& loops,
                const llvm::DominatorTree& dominators, llvm::ScalarEvolution& evolution)
      : loop_(loop), loops_(loops), dominators_(dominators), evolution_(evolution) {}

  // Whether it is such a loop.
  bool find();

  const llvm::Loop& loop() const { return loop_; }
  unsigned elementBytes() const { return elementBytes_; }
  // In the order of execution; the first is the header.
  llvm::ArrayRef<llvm::BasicBlock*> blocks() const { return blocks_; }
  llvm::ArrayRef<llvm::LoadInst*> loads() const { return loads_; }
  // What is carried round, with its step.
  const llvm::MapVector<llvm::PHINode*, llvm::APInt>& counters() const { return counters_; }
  // What is carried round of what the iteration before has loaded.
  llvm::ArrayRef<llvm::PHINode*> carried() const { return carried_; }
  // Null for what is not a test of a counter.
  const CounterTest* counterTest(const llvm::Value* value) const;
  const llvm::MapVector<const llvm::Value*, CounterTest>& counterTests() const { return tests_; }

 private:
  bool findBlocks();
  bool findPhis();
  bool findLoads();
  bool isConsecutive(llvm::LoadInst& load) const;
  bool findConditions();
  bool collect(llvm::Value* value);
  bool collectTest(llvm::ICmpInst& test);
  bool isInEachIteration(const llvm::Instruction& instruction) const;

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
