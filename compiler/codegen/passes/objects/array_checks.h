// Finds the checks in a loop, of indices and of references, whose outcome in all iterations can be
// told before the loop.
#pragma once

#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/IR/Instructions.h>

#include <optional>

namespace codegen {

// A check whose index changes by a constant in each iteration: it passes in all iterations if the
// first and the last index are less than the length. Or one that does not change.
struct ArrayCheck {
  llvm::BranchInst* branch = nullptr;  // to a trap if the check fails
  llvm::BasicBlock* passed = nullptr;  // the other successor
  // Of a check that does not change, the condition of the branch: an invariant, or a comparison
  // of invariants. And its value if the check passes.
  llvm::Value* condition = nullptr;
  bool passes = false;
  // Of an index.
  const llvm::SCEV* start = nullptr;  // in the first iteration
  int64_t step = 0;
  // The length: an invariant value, or a load of it from an invariant address, which may be done
  // before the loop if the checks before this one pass.
  llvm::Value* length = nullptr;

  bool isOfIndex() const { return start != nullptr; }
};

// The checks of a loop that are executed in each iteration one after the other, from the start of
// the header on. The list ends at the first branch that is none of them.
class ArrayChecks {
 public:
  // `loop` must be in simplified form.
  ArrayChecks(llvm::Loop& loop, llvm::ScalarEvolution& evolution)
      : loop_(loop), evolution_(evolution) {}

  // Returns whether there is a check of an index, and a limit of the iterations that is not small.
  // The other members may be called only then.
  bool find();

  llvm::ArrayRef<ArrayCheck> checks() const { return checks_; }
  // Returns the number of iterations after the first one, or a larger number.
  const llvm::SCEV* moreIterations() const { return moreIterations_; }

 private:
  bool findIterations();
  bool isShort() const;
  std::optional<ArrayCheck> checkAt(llvm::BasicBlock& block);
  bool findIndex(ArrayCheck& check, llvm::CmpInst& comparison);
  bool isInvariant(const llvm::Value* condition) const;
  bool isLength(llvm::Value* value) const;

  llvm::Loop& loop_;
  llvm::ScalarEvolution& evolution_;
  llvm::SmallVector<ArrayCheck, 8> checks_;
  const llvm::SCEV* moreIterations_ = nullptr;
};

}  // namespace codegen
