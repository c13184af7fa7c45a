// How many general registers the blocks of a function would need, before LLVM assigns any: an
// estimate from the IR, by the lifetimes of its values.
#pragma once

#include <llvm/ADT/BitVector.h>
#include <llvm/ADT/DenseMap.h>
#include <llvm/IR/Function.h>

#include <vector>

namespace codegen {

class RegisterPressure {
 public:
  // A function whose lifetimes would take too much memory counts as needing none.
  explicit RegisterPressure(llvm::Function& function);

  // The most values that are alive at once at any point of `block`.
  unsigned in(const llvm::BasicBlock& block) const { return blocks_.lookup(&block).most; }

 private:
  struct Lifetimes {
    llvm::BitVector used;     // here, before they are defined
    llvm::BitVector defined;  // here
    llvm::BitVector liveOut;
    unsigned most = 0;
  };

  void number(llvm::Function& function);
  bool isTooLarge(const llvm::Function& function) const;
  void collect(llvm::BasicBlock& block);
  void propagate(llvm::Function& function);
  unsigned most(llvm::BasicBlock& block) const;

  llvm::DenseMap<const llvm::Value*, unsigned> numbers_;  // of values that live in several blocks
  llvm::DenseMap<const llvm::BasicBlock*, Lifetimes> blocks_;
};

}  // namespace codegen
