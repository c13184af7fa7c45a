// Passes that decide which calls give up the caller's frame: those of return_call*, all of them,
// and no others.
#pragma once

#include <llvm/IR/PassManager.h>
#include <llvm/Target/TargetMachine.h>

namespace codegen {

// Marks every call to a wasm function that is not `musttail` as `notail`.
//
// When a function that makes a tail call is inlined, LLVM turns the `musttail` call into an
// ordinary call. TailCallElim or the back end could turn that into a loop or a jump, and endless
// recursion, which must exhaust the stack and trap, would run for ever. Marking is repeated after
// InstCombine, so that the inliner's results are covered.
class MarkNoTail : public llvm::PassInfoMixin<MarkNoTail> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager&);
};

// Gives functions that make ordinary calls to `tailcc` functions a frame pointer.
//
// A `tailcc` callee pops its arguments, and its tail calls can change the size of the argument area
// above the return address. An unwinder that computes the caller's frame from the stack pointer
// would then be wrong by that amount.
class ForceFramePointers : public llvm::PassInfoMixin<ForceFramePointers> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager&);
};

// Replaces `musttail` by `tail` on x86-64, as one of the last passes before code emission.
//
// LLVM 22 loses stack arguments of `musttail` calls on x86-64 (llvm-project #199224). Between
// functions of the calling convention `tailcc`, a `tail` call in tail position is guaranteed to
// give up the frame as well. A CHECK fails if a call is not in tail position.
class LowerMustTail : public llvm::PassInfoMixin<LowerMustTail> {
 public:
  // `machine` must outlive the pass.
  explicit LowerMustTail(const llvm::TargetMachine& machine) : machine_(&machine) {}
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager&);

 private:
  const llvm::TargetMachine* machine_;
};

}  // namespace codegen
