// Frees the accesses of a loop from the duty to trap, by probing what it goes through.
//
// A volatile load cannot become part of a vector. Before a loop of which the number of iterations
// is known, each array that it goes through is probed: the last byte of it is loaded, by a load
// that stays volatile, unless its first one lies before the memory; then one that traps. Where no
// probe traps, nothing in the loop traps either, as a memory is one piece that never shrinks; so
// the loads in the loop become ordinary ones, with which LLVM may do what it likes.
//
//   preheader:  probe a[n - 1], b[n - 1]
//   loop:       ... = a[i]; b[i] = ...
//
// Why it holds. The loop has one exit, in its latch, and nothing else in it can stop it but
// accesses that trap out of bounds, all of the same kind. So an access of each iteration is made at
// both ends, or another one has trapped before: a probe that traps does so for a program that traps
// in this loop. It traps earlier, before the loop has stored anything. What is not accessed in each
// iteration is released only where it lies between the ends of what is.
//
// Addresses are of 64 bits and do not wrap, and no memory is so large that there is no place behind
// it that an index can name (iv_widening.h, kHeadroomAttribute). A program may be hostile: so
// what lies outside of the memory's reservation is not probed, but another place that traps. Since
// the stores of the loop are probed as well, it stores nothing that the program would not have
// stored before it traps; a loop with several stores that cannot be probed stays scalar.
//
// Worth: nothing becomes a vector without it; gemm 2.4 and jacobi-1d 2.2 of native, against 1.0.
#pragma once

#include <llvm/Analysis/LoopInfo.h>
#include <llvm/IR/PassManager.h>

namespace codegen {

// Wants loops simplified and rotated, and addresses widened.
class HoistBoundsProbes : public llvm::PassInfoMixin<HoistBoundsProbes> {
 public:
  // Whether the loop, or the one that it is a copy of, was probed: none of its accesses traps.
  static bool hasProbed(const llvm::Loop& loop);

  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
