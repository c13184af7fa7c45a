// Loads of the same address that LLVM cannot merge yet, and values computed from two of them.
//
// A store may stand between them that may change what they read; or one of their indices is known
// not to wrap at 2^32, and the other not. Once a loop has been versioned (by VersionLoops, or the
// vectoriser) LLVM knows better, and what is computed from both may turn out to need neither:
// x ^ y, x - y, x == y.
#pragma once

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/MapVector.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/IR/Instructions.h>

namespace codegen {

class EqualLoads {
 public:
  // Looks at the loads in loops; no others are versioned.
  EqualLoads(llvm::Function& function, const llvm::LoopInfo& loops,
             llvm::ScalarEvolution& evolution);

  // Whether `use`, of a value computed from `load`, joins it with another load of its address, so
  // that it may not depend on either.
  bool mayCancel(const llvm::LoadInst& load, const llvm::Use& use) const;

 private:
  const llvm::LoopInfo& loops_;
  llvm::DenseMap<const llvm::Value*, const llvm::SCEV*> addresses_;  // of those that have equals
};

}  // namespace codegen
