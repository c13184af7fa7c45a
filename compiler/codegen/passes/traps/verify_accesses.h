// VerifyAccesses: checks that no access that may trap was lost.
//
// With --verify-ir, translation emits a mark beside each unchecked access (access_mark.h). For each
// mark that is left after the last pass, this pass looks for a covering access: a volatile load or
// a store whose bytes end at or after those of the mark, with the same base, that is executed
// before the mark, or after it on all paths before any observable effect. If there is none, the
// pass prints a diagnostic and aborts the compiler.
//
// The covering access gets the metadata `wasm.accesses`: the byte offsets, in the module, of the
// instructions that it covers.
//
// Correctness: A covering access may begin before or after the marked bytes only if its base does
// not lie before the memory; then all bytes between the base and an address in bounds are in
// bounds. docs/traps.md has the invariant that this pass checks.
//
// Limitations: It proves the property for one function, and for the IR only. Instruction selection
// is not checked. Paths are followed through at most 64 blocks.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

// Removes the marks. Runs after the last pass that may change which accesses exist.
class VerifyAccesses : public llvm::PassInfoMixin<VerifyAccesses> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
