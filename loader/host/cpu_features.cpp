#include "loader/host/cpu_features.h"

#include <fmt/format.h>

#include <string_view>

#if defined(__aarch64__)
#include <sys/auxv.h>
#else
// The header uses the keyword of C, which clang does not know in strict C++.
#define _Bool bool
#include <sys/platform/x86.h>
#undef _Bool
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

#else

// The number by which the C library knows a feature. It has asked the CPU when the process began;
// to ask again takes long on a virtual machine, which traps every CPUID.
struct LibraryFeature {
  std::string_view name;
  unsigned number;
};
constexpr LibraryFeature kLibraryFeatures[] = {
    {"sse3", x86_cpu_SSE3},
    {"ssse3", x86_cpu_SSSE3},
    {"sse4.1", x86_cpu_SSE4_1},
    {"sse4.2", x86_cpu_SSE4_2},
    {"popcnt", x86_cpu_POPCNT},
    {"lzcnt", x86_cpu_LZCNT},
    {"bmi", x86_cpu_BMI1},
    {"bmi2", x86_cpu_BMI2},
    {"movbe", x86_cpu_MOVBE},
    {"adx", x86_cpu_ADX},
    {"avx", x86_cpu_AVX},
    {"avx2", x86_cpu_AVX2},
    {"fma", x86_cpu_FMA},
    {"f16c", x86_cpu_F16C},
    {"fma4", x86_cpu_FMA4},
    {"xop", x86_cpu_XOP},
    {"tbm", x86_cpu_TBM},
    {"sse4a", x86_cpu_SSE4A},
    {"aes", x86_cpu_AES},
    {"pclmul", x86_cpu_PCLMULQDQ},
    {"gfni", x86_cpu_GFNI},
    {"vaes", x86_cpu_VAES},
    {"vpclmulqdq", x86_cpu_VPCLMULQDQ},
    {"sha", x86_cpu_SHA},
    {"avx512f", x86_cpu_AVX512F},
    {"avx512cd", x86_cpu_AVX512CD},
    {"avx512dq", x86_cpu_AVX512DQ},
    {"avx512bw", x86_cpu_AVX512BW},
    {"avx512vl", x86_cpu_AVX512VL},
    {"avx512ifma", x86_cpu_AVX512_IFMA},
    {"avx512vbmi", x86_cpu_AVX512_VBMI},
    {"avx512vbmi2", x86_cpu_AVX512_VBMI2},
    {"avx512vnni", x86_cpu_AVX512_VNNI},
    {"avx512bitalg", x86_cpu_AVX512_BITALG},
    {"avx512vpopcntdq", x86_cpu_AVX512_VPOPCNTDQ},
    {"avx512bf16", x86_cpu_AVX512_BF16},
    {"avx512fp16", x86_cpu_AVX512_FP16},
    {"avxvnni", x86_cpu_AVX_VNNI},
};

// A name without a row is an error of the compilation.
consteval unsigned libraryNumber(std::string_view name) {
  const LibraryFeature* row = kLibraryFeatures;
  while (row->name != name) ++row;
  return row->number;
}

#endif

}  // namespace

CpuFeatureSet hostCpuFeatures() {
  CpuFeatureSet set{};
#if defined(__x86_64__)
#define FEATURE_OF_X86_64(bit, name) \
  if (x86_cpu_active(libraryNumber(name))) setBit(set, bit);
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
