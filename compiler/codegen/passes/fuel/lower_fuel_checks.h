// LowerFuelChecks: replaces each call of kFuelCheck by a compare and a branch to a trap.
//
//   call void @wasm2obj.fuel(ptr %ctx, i64 %fuel)    =>    if (%fuel < 0) {
//                                                            state->fuel = %fuel
//                                                            trap OutOfFuel
//                                                          }
//
// The check of an interpreter's loop is moved to the ends of its opcodes.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

class LowerFuelChecks : public llvm::PassInfoMixin<LowerFuelChecks> {
 public:
  // For `isOptimized` see AbiLowering.
  explicit LowerFuelChecks(bool isOptimized = true) : isOptimized_(isOptimized) {}
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager&);

 private:
  bool isOptimized_;
};

}  // namespace codegen
