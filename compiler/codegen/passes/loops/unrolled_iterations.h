// Recognizes a loop body that consists of several iterations of a simpler loop, as unrolling or
// vectorization has left it.
//
// Terms: A *member* is an instruction of the first iteration in the body. Its *images* are the
// corresponding instructions of all iterations, itself included. An iteration of an unrolled loop
// over vectors consists of one iteration of the simpler loop for each lane.
#pragma once

#include <llvm/ADT/MapVector.h>
#include <llvm/Analysis/AliasAnalysis.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/Analysis/ScalarEvolutionExpressions.h>
#include <llvm/IR/Instructions.h>

#include <optional>

namespace codegen {

// Matches one loop with one number of iterations and lanes. The loop and the analysis must outlive
// it.
class UnrolledIterations {
 public:
  // Tries to read the body of `loop`, a single block, as `count` iterations on vectors of `lanes`
  // elements, or on scalars if `lanes` is 1.
  UnrolledIterations(const llvm::Loop& loop, llvm::ScalarEvolution& evolution, unsigned count,
                     unsigned lanes)
      : loop_(loop), evolution_(evolution), count_(count), lanes_(lanes) {}

  // Returns true if the body consists of such iterations and nothing else. The other members may be
  // called only then.
  bool find();

  // Returns the number of iterations of the simpler loop for each iteration of the loop.
  unsigned factor() const { return count_ * lanes_; }

  // Returns true if all accesses may be executed in the order of the simpler loop: by iterations,
  // and by lanes within an iteration.
  bool isOrdered(llvm::AAResults& aliases) const;

  // Returns the members in the order of the block.
  llvm::SmallVector<llvm::Instruction*, 32> members() const;

  // Returns the images of `member`, one for each iteration.
  llvm::ArrayRef<llvm::Instruction*> images(llvm::Instruction* member) const {
    return images_.find(member)->second;
  }

  // Returns the reduction phis, with the operation of the first iteration on each.
  const llvm::MapVector<llvm::PHINode*, llvm::Instruction*>& reductions() const {
    return reductions_;
  }

  // Returns the affine recurrence of `value` if its step is a multiple of the factor, or null. Such
  // values are computed anew in the simpler loop.
  const llvm::SCEVAddRecExpr* recurrence(llvm::Value* value) const;

  // Returns the scalar that all lanes of `value` are equal to, or `value` itself.
  llvm::Value* plain(llvm::Value* value) const;

  // Returns the member whose image in the last iteration is `value`, or null.
  llvm::Instruction* memberOfLast(const llvm::Value* value) const;

 private:
  // A load or store of one iteration.
  struct Access {
    llvm::Instruction* instruction;
    unsigned iteration;
    size_t position;  // of its member among all members
    const llvm::SCEV* address;

    bool isStore() const { return llvm::isa<llvm::StoreInst>(instruction); }
  };

  bool findReductions();
  bool findReduction(llvm::PHINode& phi);
  bool collect(llvm::Value* value);
  bool isRepeatable(const llvm::Instruction& instruction) const;
  bool isLaneWise(const llvm::Instruction& instruction) const;
  bool hasConsecutiveLanes(const llvm::Instruction& access) const;
  bool match(llvm::Value* member, llvm::Value* image, unsigned iteration);
  bool matchOperands(llvm::Instruction& member, llvm::Instruction& image, unsigned iteration);
  bool matchRoots();
  bool coversAllLoads() const;
  llvm::SmallVector<Access, 32> accesses() const;
  bool keepsOrder(const Access& before, const Access& after, llvm::AAResults& aliases) const;
  bool overlaps(const Access& before, unsigned laneBefore, const Access& after, unsigned laneAfter,
                int64_t distance) const;

  const llvm::Loop& loop_;
  llvm::ScalarEvolution& evolution_;
  unsigned count_;
  unsigned lanes_;
  unsigned comparisons_ = 0;
  llvm::SmallVector<llvm::Instruction*, 8> stores_;  // of all iterations
  llvm::MapVector<llvm::PHINode*, llvm::Instruction*> reductions_;
  // The operations of all iterations on each reduction phi.
  llvm::DenseMap<llvm::PHINode*, llvm::SmallVector<llvm::Instruction*, 8>> steps_;
  llvm::MapVector<llvm::Instruction*, llvm::SmallVector<llvm::Instruction*, 8>> images_;
};

}  // namespace codegen
