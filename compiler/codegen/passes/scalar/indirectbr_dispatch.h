// IndirectbrDispatch: turns the dispatch switch of an interpreter into an indirect branch.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

// In WebAssembly an interpreter is a loop around a `switch`, even if its source uses computed
// gotos: all opcodes branch back to one dispatch. LLVM's tail duplication copies an indirect branch
// to the end of each opcode, which saves a jump and improves branch prediction, but it does not
// copy the compare of the selector with the size of the jump table. This pass replaces the `switch`
// by a block that ends with an `indirectbr` through a table of block addresses:
//
//   switch i32 %op, default, [0: a, 1: b]     =>    %i = umin(%op, 2)
//                                                   %to = load @dispatch[%i]    ; a, b, default
//                                                   indirectbr %to, [a, b, default]
//
// If the known bits of the selector show that it cannot exceed the table, there is no `umin`, and
// the table is padded with the default target.
//
// Correctness: The same successor is reached.
//
// Limitations: The pass applies only if the back end will copy the branch. Up to 32 targets or
// predecessors (twice LLVM's default limit), the back end copies before register allocation, so
// each copy has its own register assignment. A larger dispatch would need too many phis; it is
// copied after register allocation if it has a few instructions only. Larger dispatches that decode
// operands are left alone, since copies of them did not pay.
//
// See also: Ertl and Gregg, "The Structure and Performance of Efficient Interpreters", 2003
// (threaded code); LLVM's TailDuplication; GCC's duplicate_computed_gotos pass.
class IndirectbrDispatch : public llvm::PassInfoMixin<IndirectbrDispatch> {
 public:
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
