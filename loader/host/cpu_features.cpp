#include "loader/host/cpu_features.h"

#include <fmt/format.h>

#include <string_view>

#if defined(__aarch64__)
#include <sys/auxv.h>
#endif

namespace loader {
namespace {

void setBit(CpuFeatureSet& set, uint32_t bit) { set[bit / 64] |= uint64_t{1} << (bit % 64); }

bool hasBit(const CpuFeatureSet& set, uint32_t bit) {
  return (set[bit / 64] >> (bit % 64) & 1) != 0;
}

const char* nameOf(uint32_t bit) {
  for (const abi::CpuFeature& feature : abi::kCpuFeatures)
    if (feature.arch == hostArch() && feature.bit == bit) return feature.name;
  return nullptr;
}

#if defined(__aarch64__)

// The bit of the auxiliary vector (AT_HWCAP or AT_HWCAP2) by which the kernel reports a feature.
struct KernelBit {
  std::string_view name;
  unsigned long vector;
  unsigned bit;
};
constexpr KernelBit kKernelBits[] = {
    {"lse", AT_HWCAP, 8},   {"fullfp16", AT_HWCAP, 9}, {"dotprod", AT_HWCAP, 20},
    {"sha2", AT_HWCAP, 6},  {"aes", AT_HWCAP, 3},      {"crc", AT_HWCAP, 7},
    {"rcpc", AT_HWCAP, 15}, {"sve", AT_HWCAP, 22},     {"fp16fml", AT_HWCAP, 23},
    {"sve2", AT_HWCAP2, 1}, {"i8mm", AT_HWCAP2, 13},   {"bf16", AT_HWCAP2, 14},
};

bool isSupported(std::string_view name) {
  for (const KernelBit& row : kKernelBits)
    if (row.name == name) return (getauxval(row.vector) >> row.bit & 1) != 0;
  return false;
}

#endif

}  // namespace

CpuFeatureSet hostCpuFeatures() {
  CpuFeatureSet set{};
#if defined(__x86_64__)
  __builtin_cpu_init();
#define FEATURE_OF_X86_64(bit, name) \
  if (__builtin_cpu_supports(name)) setBit(set, bit);
#define FEATURE_OF_AArch64(bit, name)
#else
#define FEATURE_OF_X86_64(bit, name)
#define FEATURE_OF_AArch64(bit, name) \
  if (isSupported(name)) setBit(set, bit);
#endif
#define CPU_FEATURE(bit, arch, name) FEATURE_OF_##arch(bit, name)
#include "runtime/abi/cpu_features.def"
#undef CPU_FEATURE
#undef FEATURE_OF_X86_64
#undef FEATURE_OF_AArch64
  return set;
}

std::string missingCpuFeatures(const CpuFeatureSet& needed, const CpuFeatureSet& present) {
  std::string names;
  for (uint32_t bit = 0; bit < 64 * needed.size(); ++bit) {
    if (!hasBit(needed, bit) || hasBit(present, bit)) continue;
    if (!names.empty()) names += ", ";
    const char* name = nameOf(bit);
    names += name != nullptr ? std::string(name) : fmt::format("number {}", bit);
  }
  return names;
}

}  // namespace loader
