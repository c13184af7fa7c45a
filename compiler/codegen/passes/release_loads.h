// Frees loads from linear memory of the duty to trap where something else guarantees it.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

// A load out of bounds must trap even if nobody uses its value, so every load is emitted volatile;
// and volatile loads are neither merged nor hoisted nor made into vectors. After inlining, in which
// that changes little, they become ordinary ones in two steps.
//
// AnchorLoads makes all of them ordinary, each with a `llvm.fake.use` of its value, which LLVM does
// not look through. What then merges loads, forwards stores to them and folds what is computed from
// them shows which are needed: in x ^ y there may turn out to be one load, and none.
class AnchorLoads : public llvm::PassInfoMixin<AnchorLoads> {
 public:
  // Lets LLVM copy no loop for each outcome of a test in it, as it does at -O3: the copies may turn
  // out to do the same when loads have been released, and then the test is dropped, with the load
  // that it was thought to need. Once per process: LLVM has but an option of its command line.
  static void keepTestsInLoops();

  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager&);
};

// GatherAnchors, after that, leaves one anchor with each load, so that a block in which only
// anchors of loads elsewhere are left is empty, and a branch to it can be seen to decide nothing.
class GatherAnchors : public llvm::PassInfoMixin<GatherAnchors> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager&);
};

// ReleaseLoads takes the anchors away. A load stays an ordinary one where its last byte must reach
// an effect (a store, call, return or branch) on every path: LLVM, which knows nothing about what
// memory holds, cannot do without it then. All others are volatile again. Memory begins at address
// 0, so that an access whose last byte is inside is inside as a whole. A branch is no effect in a
// loop that has no others (idle_loops.h).
//
// This holds only after inlining and all that learns about callees, since a call that is the only
// use may turn out to ignore its argument, and a return value may be dropped; and after what
// removes overwritten stores. What comes later may know better in one way: a loop that was
// versioned knows that two places differ or that an index does not wrap, and may merge two loads
// between which there is a store, or whose addresses looked different. So what is computed from
// both of such loads counts for neither (equal_loads.h).
//
// Worth: nothing becomes a vector without it; gemm 2.4 and jacobi-1d 2.2 of native, against 1.0.
class ReleaseLoads : public llvm::PassInfoMixin<ReleaseLoads> {
 public:
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
