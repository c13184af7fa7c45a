// Stack probes: functions check that there is enough stack before they allocate their frame.
//
// A signal handler without SA_ONSTACK runs below the stack pointer of the interrupted code; if
// there is no room, the kernel kills the process. So guest code always leaves abi::kSignalReserve
// bytes of the stack free. A function that makes calls or has a large frame loads a byte below its
// frame, at a distance of the reserve and abi::kUnprobedStack, which is what functions without a
// probe may use. If the stack is too small, the load faults in the guard below the stack, which
// traps. A probe is one load without a branch. It comes before the prologue, which shrink wrapping
// has moved so that calls that return early do not execute it.
//
// A large frame is probed in steps smaller than the guard, so that LLVM's own probes, which touch
// each page of the frame after its allocation, are not needed.
#pragma once

#include <llvm/CodeGen/MachineFunctionPass.h>

namespace codegen {

// Runs after prologue insertion, when the sizes of frames are known.
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
