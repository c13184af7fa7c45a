// DropFuelStores: removes stores of the fuel that nothing reads. LLVM's DSE does not run, since it
// would remove stores that the host sees after a trap.
//
// After inlining, the stores before the call and at the callee's end are followed by those of the
// caller, with no code in between that reads the fuel:
//
//   store %a, ptr fuel       ; before the call
//   ...
//   store %b, ptr fuel       ; at the end of the callee
//   ...
//   store %c, ptr fuel       ; at the end of the caller      =>     store %c, ptr fuel
//
// Correctness: a store is removed if no path leads from it to a load of the fuel, a call of other
// code, a return or an explicit trap without another store in between. After
// a fault the fuel is only known to be at most what was stored last (docs/fuel.md). Volatile stores
// stay, which --exact-traps makes.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

class DropFuelStores : public llvm::PassInfoMixin<DropFuelStores> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager&);
};

}  // namespace codegen
