// Loops that would do nothing if their loads did not trap: LLVM deletes such a loop, with all the
// branches in it.
#pragma once

#include <llvm/ADT/DenseMap.h>
#include <llvm/Analysis/LoopInfo.h>

namespace codegen {

class IdleLoops {
 public:
  explicit IdleLoops(const llvm::LoopInfo& loops) : loops_(loops) {}

  // Whether `block` is in a loop that has no effects and makes no difference to what comes after
  // it: neither which block that is, nor any value.
  bool contain(const llvm::BasicBlock& block);

 private:
  bool isIdle(const llvm::Loop& loop);

  const llvm::LoopInfo& loops_;
  llvm::DenseMap<const llvm::Loop*, bool> known_;
};

}  // namespace codegen
