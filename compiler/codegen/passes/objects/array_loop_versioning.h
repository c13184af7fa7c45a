// ArrayLoopVersioning: versions loops over arrays, so that one version needs no checks.
//
//   for (i = 0; i < n; i++) a[i] += b[i]  =>
//
//   if (a is not null, b is not null, n - 1 < length of a, n - 1 < length of b)
//     the loop without checks
//   else
//     the loop as before
//
// LLVM can vectorize the version without checks, but no loop that may end by a trap after any of
// its stores.
//
// Correctness: the checks whose outcome is told before the loop are those at the start of its body
// that each iteration executes, in their order. A length is loaded there only if all checks before
// it pass, so that the first iteration would load it, too; and lengths never change. The version
// with checks runs whenever one might fail.
//
// Limitations: Innermost loops without calls, in which a number of iterations is known before the
// loop, and indices that change by a constant.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

// Requires loops in simplified form, and does not preserve it.
class ArrayLoopVersioning : public llvm::PassInfoMixin<ArrayLoopVersioning> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
