// The architecture and the instruction-set extensions of this host. Extensions are numbered as in
// runtime/abi/cpu_features.def.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "runtime/abi/types.h"

namespace loader {

// A set of extensions: bit n is number n.
using CpuFeatureSet = std::array<uint64_t, 2>;

// Returns the architecture that this program was compiled for.
constexpr abi::Arch hostArch() {
#if defined(__x86_64__)
  return abi::Arch::X86_64;
#elif defined(__aarch64__)
  return abi::Arch::AArch64;
#else
#error "wasm2obj runs on x86-64 and AArch64"
#endif
}

// Returns the extensions that both the CPU and the operating system support.
CpuFeatureSet hostCpuFeatures();

// Returns the names of the extensions that are in `needed` but not in `present`, separated by ", ",
// or an empty string if there are none. Bits without a name are written as "number N".
std::string missingCpuFeatures(const CpuFeatureSet& needed, const CpuFeatureSet& present);

}  // namespace loader
