// How much LLVM's vectoriser of straight-line code must reckon to gain before it makes vectors.
//
// With AVX-512 it reckons too well: rotations and 64-bit products of vectors are instructions
// there, but what brings scalars to vectors and back costs more than is gained. On an Intel Xeon of
// 2023 a threshold of 20 took BLAKE2 from 1.27 to 1.05 of native -O3 and xxHash from 1.30 to 0.98,
// and nbody from 0.95 to 1.07. On an AMD EPYC of 2022 one of 8 took KISS FFT from 1.12 to 0.98,
// ChaCha20 from 1.09 to 1.00 and BLAKE2 from 1.15 to 1.08, and nbody from 0.89 to 1.00 and xxHash
// from 0.93 to 1.06; one of 20 lost more than it gained there.
#pragma once

#include "compiler/codegen/target/target.h"

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
