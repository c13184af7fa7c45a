// InsertFakeUses and RemoveFakeUses: let EarlyCSE and LICM work on loads that must trap.
//
// A load from linear memory must trap if it is out of bounds, even if its value is dead. Loads are
// therefore emitted volatile, but LLVM neither merges nor hoists volatile loads. InsertFakeUses
// makes the loads non-volatile and adds an `llvm.fake.use` of each value, which keeps it live:
//
//   %x = load volatile i32, ptr %p     =>    %x = load i32, ptr %p
//                                            call void (...) @llvm.fake.use(i32 %x)
//
// RemoveFakeUses deletes the fake uses and makes the loads that their operands now consist of
// volatile again.
//
// Correctness: A load that was removed was replaced by a load of the same address, whose value has
// a fake use and which becomes volatile again, or by the value of a store to the same address,
// which traps as well (DeadStoreElimination is disabled, see docs/traps.md). A load that was
// hoisted traps before the loop has any effect.
//
// Limitations: Only passes that merge, forward or move whole loads may run between the two. A pass
// that simplifies arithmetic (InstCombine, GVN) could fold the operand of a fake use to a value
// that no longer depends on the load.
//
// See also: clang's -fextend-variable-liveness, for which LLVM added `llvm.fake.use`.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

// Makes trapping loads non-volatile and adds a fake use of each.
class InsertFakeUses : public llvm::PassInfoMixin<InsertFakeUses> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager&);
};

// Removes the fake uses and makes the loads that they keep alive volatile.
class RemoveFakeUses : public llvm::PassInfoMixin<RemoveFakeUses> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager&);
};

}  // namespace codegen
