// Recovers the product of two 64-bit numbers in 128 bits from four products of their halves.
//
// WebAssembly multiplies 64 by 64 bits into 64, so that the upper half of a product is computed as
// at school: compilers bring a function for it (`__multi3`), and hashes and big integers have it in
// their sources. Every CPU of ours has it in one or two instructions.
//
// With M = 2^32, a = aH M + aL, b = bH M + bL:
//
//   low = aL bL,  t = low / M + one cross product,  u = t % M + the other,
//   upper half = aH bH + t / M + u / M
//
// or, with t the one cross product alone, u = low / M + t % M + the other. Neither t nor u can
// overflow: (M - 1)^2 + 2 (M - 1) < 2^64. The lower half, (u % M) M + low % M, is an ordinary
// product of 64 bits.
//
// Sound, since it is the same number for all operands.
//
// Worth: xxHash 1.35 to 0.94 of native -O3.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

class MulHighIdiom : public llvm::PassInfoMixin<MulHighIdiom> {
 public:
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
