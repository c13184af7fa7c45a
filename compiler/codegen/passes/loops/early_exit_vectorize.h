// EarlyExitVectorize: skips iterations of early-exit loops by vector comparisons.
//
// LLVM's vectorizer does not vectorize a loop such as
//
//   while (*p && *p == *q) p++, q++;
//
// since it may not read beyond the element at which the loop exits. Such loops are strlen, strcmp,
// memchr, and the match length of a compressor. However, memory in the same page as an element that
// has been read is readable. Behind each iteration that continues, this pass inserts blocks that
// load the following elements as vectors, as long as the vectors stay in the page, evaluate the
// exit conditions for all lanes, and skip the iterations up to the first lane that exits. The
// original loop executes that iteration:
//
//   peeled -> header ... latch -> start -> check -> probe -> check     while no lane exits
//               ^                            |        |
//               `----------- resume <--------+--------'
//
// All values that the loop carries are induction variables, which advance by the number of skipped
// iterations, or are computed from the elements of the last skipped iteration.
//
// The first iteration is peeled. Many such loops end after one or two elements; they then need
// neither the vectors nor the registers of the loop.
//
// Correctness: Skipped iterations have no effect but loads, and do not exit the loop. Each vector
// is in one page with an element that the previous iteration has loaded, so it does not trap. Lanes
// are consecutive, since 64-bit indices do not wrap and a 32-bit index could wrap only above the
// addresses that an access can reach (kHeadroomAttribute). The number of skipped iterations is at
// most the number for which all tests of induction variables let the loop continue.
//
// Limitations: Innermost loops with few blocks and no phis outside of the header, see
// early_exit_loop.h. If a function has many such loops, none is changed: they are copies of inlined
// functions, each of which is rarely executed, and the added code would cost compile time.
//
// See also: LLVM's LoopIdiomVectorize, which handles byte mismatch and find-first loops only; GCC's
// vectorization of loops with early breaks (GCC 14); the string functions of glibc, which rely on
// page boundaries likewise.
#pragma once

#include <llvm/IR/PassManager.h>
#include <llvm/Target/TargetMachine.h>

namespace codegen {

// Requires loops in simplified form. Runs after the passes that make loads non-volatile.
class EarlyExitVectorize : public llvm::PassInfoMixin<EarlyExitVectorize> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
