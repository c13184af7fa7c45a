// An interpreter's central dispatch, in a form that the back end copies to the end of every opcode.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

// A loop around a `switch` is how an interpreter looks in wasm, also one written with computed
// gotos: all its opcodes jump back to one dispatch. LLVM's tail duplication gives each opcode its
// own indirect jump, which spares a jump and is predicted better, but not where the selector is
// first compared with the size of the jump table. So such a switch becomes one block that ends with
// an `indirectbr`, through a table of ours: of addresses, so that the jump reads it itself.
//
// A selector that cannot leave the table by the bits it has is not compared, and the table filled
// up with the default; for others the minimum of it and one entry past the last leads there.
//
// Sound, since only the way to the same successor differs.
//
// Only where the back end will copy the jump. Up to 32 targets or ways back (twice LLVM's limit) it
// does so before registers are allocated, so that each copy has its own: a machine with a stack and
// 18 opcodes takes 0.68 of native instead of 0.92. A larger dispatch would need too many phis. It
// is copied afterwards, if it is no more than a load or two: onig, a regular expression matcher of
// 84 opcodes, takes 1.33 instead of 1.42. Lua's decodes more, and copies of it, early ones, were a
// loss: from 1.10 to 1.25.
class IndirectbrDispatch : public llvm::PassInfoMixin<IndirectbrDispatch> {
 public:
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
