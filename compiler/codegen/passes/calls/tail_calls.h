// Which calls give up the caller's frame: those of return_call*, all of them, and no others.
#pragma once

#include <llvm/IR/PassManager.h>
#include <llvm/Target/TargetMachine.h>

namespace codegen {

// Makes every call to a wasm function that is not `musttail` one that keeps the frame. A tail call
// becomes an ordinary one where its function is inlined into a caller that goes on after it, and
// LLVM would be free to make a loop or a jump of that.
class MarkNoTail : public llvm::PassInfoMixin<MarkNoTail> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager&);
};

// Gives functions that make ordinary calls to tailcc functions a frame pointer. A callee's tail
// calls can change the size of the argument area that lies above the return address; an unwinder
// that reckons the caller's frame from the stack pointer would be off by that much.
class ForceFramePointers : public llvm::PassInfoMixin<ForceFramePointers> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager&);
};

// The last step before code emission. LLVM 22 loses stack arguments of `musttail` calls on x86-64
// (llvm-project #199224). A plain `tail call` between functions of the convention `tailcc` gives up
// the frame just as surely, as long as the call is in tail position, which is checked.
class LowerMustTail : public llvm::PassInfoMixin<LowerMustTail> {
 public:
  explicit LowerMustTail(const llvm::TargetMachine& machine) : machine_(&machine) {}
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager&);

 private:
  const llvm::TargetMachine* machine_;
};

}  // namespace codegen
