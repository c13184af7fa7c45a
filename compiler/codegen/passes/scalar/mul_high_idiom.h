// MulHighIdiom: recognizes the upper half of a 64-by-64-bit product.
//
// WebAssembly multiplies 64 by 64 bits to 64 bits. Programs compute the upper half of a product
// from four products of 32-bit halves: compilers emit a function for it (`__multi3`), and hashes
// and big integers have it in their sources. All targets have it in one or two instructions. The
// pass replaces the idiom by `trunc(lshr(mul i128, 64))`, and the lower half by `mul i64`.
//
// With M = 2^32, a = aH M + aL, b = bH M + bL, the idiom is
//
//   low = aL bL,  t = low / M + cross1,  u = t % M + cross2,  upper half = aH bH + t / M + u / M
//
// where cross1 and cross2 are aH bL and aL bH in any order, or, with t = cross1,
//
//   u = low / M + t % M + cross2.
//
// The lower half is (u % M) M + low % M.
//
// Correctness: Neither t nor u overflows: (M - 1)^2 + 2 (M - 1) < 2^64. So the sum is the upper
// half for all operands.
//
// Limitations: The two orders of summation above, with constants in the form that InstCombine
// leaves.
//
// See also: Knuth, "The Art of Computer Programming", vol. 2, 4.3.1, algorithm M; Warren, "Hacker's
// Delight", chapter 8; LLVM 22's AggressiveInstCombine, which recognizes the second form.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

// Runs with each InstCombine, before the idiom's parts are simplified further.
class MulHighIdiom : public llvm::PassInfoMixin<MulHighIdiom> {
 public:
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
