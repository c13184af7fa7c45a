// The instruction-set extensions of this machine, in the numbering of runtime/abi/cpu_features.def.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "runtime/abi/types.h"

namespace loader {

using CpuFeatureSet = std::array<uint64_t, 2>;

constexpr abi::Arch hostArch() {
#if defined(__x86_64__)
  return abi::Arch::X86_64;
#elif defined(__aarch64__)
  return abi::Arch::AArch64;
#else
#error "wasm2obj runs on x86-64 and AArch64"
#endif
}

// What both the CPU and the operating system support.
CpuFeatureSet hostCpuFeatures();

// Names of the features of `needed` that `present` lacks, joined by ", "; a bit that this version
// has no name for is told by its number. Empty when nothing is missing.
std::string missingCpuFeatures(const CpuFeatureSet& needed, const CpuFeatureSet& present);

}  // namespace loader
