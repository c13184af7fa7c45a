// Estimates register pressure in LLVM IR, by the live ranges of values.
#pragma once

#include <llvm/ADT/BitVector.h>
#include <llvm/ADT/DenseMap.h>
#include <llvm/IR/Function.h>

#include <vector>

namespace codegen {

// The number of general-purpose registers that each block of a function would need. Vectors,
// floating-point values and conditions are not counted, nor are values that are part of an
// addressing mode.
class RegisterPressure {
 public:
  // If the liveness sets of `function` would take too much memory, its pressure is 0 everywhere.
  explicit RegisterPressure(llvm::Function& function);

  // Returns the maximum number of values that are live at any point of `block`.
  unsigned in(const llvm::BasicBlock& block) const { return blocks_.lookup(&block).pressure; }

 private:
  // Liveness sets of a block, indexed by the numbers of values that are live across blocks.
  struct Liveness {
    llvm::BitVector used;     // used before they are defined in the block
    llvm::BitVector defined;  // defined in the block
    llvm::BitVector liveOut;
    unsigned pressure = 0;
  };

  void number(llvm::Function& function);
  bool isTooLarge(const llvm::Function& function) const;
  void collect(llvm::BasicBlock& block);
  void propagate(llvm::Function& function);
  unsigned pressureOf(llvm::BasicBlock& block) const;

  llvm::DenseMap<const llvm::Value*, unsigned> numbers_;  // of values that are live across blocks
  llvm::DenseMap<const llvm::BasicBlock*, Liveness> blocks_;
};

}  // namespace codegen
