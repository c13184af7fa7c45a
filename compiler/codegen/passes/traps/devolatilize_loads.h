// DevolatilizeLoads: makes redundant trapping loads non-volatile.
//
// A load from linear memory is volatile so that LLVM keeps its trap. If another load covers it,
// that is, traps whenever this one would, the load need not trap itself:
//
//   %p4  = getelementptr i8, ptr %element, i64 4
//   %p12 = getelementptr i8, ptr %element, i64 12
//   %a = load volatile i32, ptr %p4           ; becomes: load i32, ptr %p4
//   %b = load volatile i32, ptr %p12          ; stays volatile
//
// LLVM can then narrow, merge or delete the first load.
//
// Correctness: A covering load reads from the same element and extends at least as far. An element
// is the base of a memory plus a zero-extended index, so no byte between the base and an address in
// bounds is out of bounds. The covering load either dominates the covered one, in which case memory
// cannot have shrunk since, or is in the same block with no side effect between the two, in which
// case it is not observable which of them traps.
//
// Limitations: Only integer loads are made non-volatile. For floating-point loads the SLP
// vectorizer would combine those that are non-volatile with those that are not into partial
// vectors, which is slower than scalar code.
//
// See also: redundant bounds-check elimination (Gupta, "Optimizing Array Bound Checks Using Flow
// Analysis", 1993); LLVM's ConstraintElimination does the same for explicit compares.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

// Expects addresses of equal elements to be equal values, as EarlyCSE leaves them.
class DevolatilizeLoads : public llvm::PassInfoMixin<DevolatilizeLoads> {
 public:
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
