// Stack probes: what is left of the stack below a function's frame is asked for before the frame is
// made.
//
// A signal whose handler asks for no stack of its own is handled below the stack pointer of
// whatever runs, and if there is no room, the kernel kills the process. So guest code leaves
// abi::kSignalReserve bytes free at all times. A function that makes calls, or has a large frame,
// loads a byte as far below its frame as the reserve and what the functions that do not probe need
// (abi::kUnprobedStack); where that is lacking, the load faults in the guard below the stack, which
// is the trap. One load, no branch. It comes in front of the prologue, which shrink wrapping has
// moved out of the way of calls that return early.
//
// Cost, in instructions: 2.6 % of the suite's queens and 1.4 % of its binary_trees, which do little
// but call themselves; less than 0.05 % of bytecode, quicksort, levenshtein and zlib.
//
// A large frame is probed in steps that no guard fits between, so that LLVM's own probes, which
// touch the frame page by page once it is made, are not needed.
#pragma once

#include <llvm/CodeGen/MachineFunctionPass.h>

namespace codegen {

// Runs behind the insertion of prologues, when the sizes of frames are known.
class StackProbes : public llvm::MachineFunctionPass {
 public:
  StackProbes() : MachineFunctionPass(kId) {}
  llvm::StringRef getPassName() const override { return "wasm2obj stack probes"; }
  void getAnalysisUsage(llvm::AnalysisUsage& usage) const override;
  bool runOnMachineFunction(llvm::MachineFunction& function) override;

 private:
  static char kId;
};

}  // namespace codegen
