// How much LLVM's vectoriser of straight-line code must reckon to gain before it makes vectors.
//
// With AVX-512 it reckons too well for Intel's CPUs: rotations and 64-bit products of vectors are
// instructions there, but what brings scalars to vectors and back costs more than is gained. BLAKE2
// takes 1.27 of native -O3 with all vectors that it wants and 1.05 with those that gain more, xxHash
// 1.30 and 0.98. nbody loses by it, 0.95 to 1.07. On AMD's only BLAKE2 would gain, 1.24 to 1.14, and
// others lose: SHA-2 0.93 to 1.07, xxHash 0.94 to 1.02, ChaCha20 1.11 to 1.29.
#pragma once

#include "compiler/codegen/target.h"

namespace codegen {

// LLVM has one threshold in a process. While one of these lives it is what is right for its
// `target`; compilations that want another wait.
class SlpThreshold {
 public:
  explicit SlpThreshold(const Target& target);
  ~SlpThreshold();
  SlpThreshold(const SlpThreshold&) = delete;
  SlpThreshold& operator=(const SlpThreshold&) = delete;
};

}  // namespace codegen
