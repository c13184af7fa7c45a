// ThrowToBranch: makes branches of exceptions that are caught in the function that throws them.
//
//     invoke void @wasm2obj.throw(%exception)           br label %pad.body
//         to label %next unwind label %pad
//   pad:                                           =>  pad:
//     %p = landingpad ...                                %p = landingpad ...
//     ...                                                br label %pad.body
//                                                      pad.body:
//                                                        %e = phi [%exception], [%p]
//
// Translation does so for the handlers of one function (translate/objects). This pass
// does it after a function that throws has been inlined into one that catches.
//
// Correctness: the unwinder would continue at the same landing pad with the same exception.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

class ThrowToBranch : public llvm::PassInfoMixin<ThrowToBranch> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager&);
};

}  // namespace codegen
