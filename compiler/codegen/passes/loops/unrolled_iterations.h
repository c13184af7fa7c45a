// The body of a loop read as several equal strands, as unrolling or vectors have left it: what a
// simpler loop does in as many iterations.
#pragma once

#include <llvm/ADT/MapVector.h>
#include <llvm/Analysis/AliasAnalysis.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/Analysis/ScalarEvolutionExpressions.h>
#include <llvm/IR/Instructions.h>

#include <optional>

namespace codegen {

class UnrolledIterations {
 public:
  // Of `loop`, which is a single block: `count` strands, one after the other in each value that is
  // carried around, and all computed on vectors of `lanes`, or on scalars if that is 1.
  UnrolledIterations(const llvm::Loop& loop, llvm::ScalarEvolution& evolution, unsigned count,
                     unsigned lanes)
      : loop_(loop), evolution_(evolution), count_(count), lanes_(lanes) {}

  // Whether the body is that, and nothing else. The rest is for where it is.
  bool find();

  // Iterations of the simpler loop to one of this.
  unsigned factor() const { return count_ * lanes_; }

  // Whether all accesses can be made in the order of the simpler loop, which is by strands and
  // within those by lanes.
  bool isOrdered(llvm::AAResults& aliases) const;

  // Instructions of the first strand in the order of the block.
  llvm::SmallVector<llvm::Instruction*, 32> members() const;

  // The same instruction in each of the strands.
  llvm::ArrayRef<llvm::Instruction*> images(llvm::Instruction* member) const {
    return images_.find(member)->second;
  }

  // Header phis that are more than counters, with what the first strand makes of them.
  const llvm::MapVector<llvm::PHINode*, llvm::Instruction*>& states() const { return states_; }

  // The recurrence that `value` is, if it advances by a multiple of the factor: such values are
  // computed anew.
  const llvm::SCEVAddRecExpr* recurrence(llvm::Value* value) const;

  // What all lanes of a vector are, where they are one value; else the vector, or the scalar.
  llvm::Value* plain(llvm::Value* value) const;

  // The member of which `value` is the image in the last strand, or null.
  llvm::Instruction* ofLast(const llvm::Value* value) const;

 private:
  // An access made for one strand.
  struct Access {
    llvm::Instruction* instruction;
    unsigned strand;
    size_t place;  // of its member among the members
    const llvm::SCEV* address;

    bool isStore() const { return llvm::isa<llvm::StoreInst>(instruction); }
  };

  bool findStates();
  bool findState(llvm::PHINode& phi);
  bool collect(llvm::Value* value);
  bool isRepeatable(const llvm::Instruction& instruction) const;
  bool isOfLanes(const llvm::Instruction& instruction) const;
  bool hasConsecutiveLanes(const llvm::Instruction& access) const;
  bool match(llvm::Value* member, llvm::Value* image, unsigned strand);
  bool matchOperands(llvm::Instruction& member, llvm::Instruction& image, unsigned strand);
  bool matchRoots();
  bool accountsForAll() const;
  llvm::SmallVector<Access, 32> accesses() const;
  bool keepsOrder(const Access& before, const Access& after, llvm::AAResults& aliases) const;
  bool overlaps(const Access& before, unsigned laneBefore, const Access& after, unsigned laneAfter,
                int64_t distance) const;

  const llvm::Loop& loop_;
  llvm::ScalarEvolution& evolution_;
  unsigned count_;
  unsigned lanes_;
  unsigned comparisons_ = 0;
  llvm::SmallVector<llvm::Instruction*, 8> stores_;  // of all strands
  llvm::MapVector<llvm::PHINode*, llvm::Instruction*> states_;
  llvm::DenseMap<llvm::PHINode*, llvm::SmallVector<llvm::Instruction*, 8>> steps_;
  llvm::MapVector<llvm::Instruction*, llvm::SmallVector<llvm::Instruction*, 8>> images_;
};

}  // namespace codegen
