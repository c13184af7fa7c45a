// Frees loads from linear memory of the duty to trap where something else guarantees it.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

// A load out of bounds must trap even if nobody uses its value, so every load is emitted volatile;
// and volatile loads are neither merged nor hoisted nor made into vectors. Here, once functions are
// inlined and simplified, a load becomes an ordinary one where its last byte must reach an effect
// (a store, call, return or branch) on every path: LLVM, which knows nothing about what memory
// holds, cannot do without it then. Memory begins at address 0, so that an access whose last byte
// is inside is inside as a whole.
//
// It comes after inlining and all that learns about callees, since a call that is the only use may
// turn out to ignore its argument, and a return value may be dropped; and after what removes
// overwritten stores.
class ReleaseLoads : public llvm::PassInfoMixin<ReleaseLoads> {
 public:
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
