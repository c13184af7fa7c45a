// LowerThrows: replaces each call of kThrow by a call of the runtime's unwinder.
//
//   call void @wasm2obj.throw(...)    =>    builtin throwException(...), which returns only if
//   unreachable                             nothing catches the exception
//                                           trap UncaughtException
//
// The builtin has found no handler then, and left the stack as it is, so that the backtrace of the
// trap begins where the exception was thrown.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

class LowerThrows : public llvm::PassInfoMixin<LowerThrows> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager&);
};

}  // namespace codegen
