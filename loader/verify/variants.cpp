#include "loader/verify/variants.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace loader {
namespace {

CpuFeatureSet needsOf(const Variant& variant) {
  return {variant.cpu.features[0], variant.cpu.features[1]};
}

int sizeOf(const CpuFeatureSet& set) { return std::popcount(set[0]) + std::popcount(set[1]); }

base::Error lacking(const std::string& missing) {
  bool several = missing.find(',') != std::string::npos;
  const char* portable = hostArch() == abi::Arch::X86_64 ? "x86-64-v2" : "generic";
  return {"", fmt::format("compiled for CPU feature{} {}, which this CPU lacks; recompile with "
                          "--cpu=native or --cpu={}",
                          several ? "s" : "", missing, portable)};
}

}  // namespace

base::Result<const Variant*> chooseVariant(std::span<const Variant> variants,
                                           const CpuFeatureSet& present) {
  const Variant* best = nullptr;
  const Variant* least = &variants.front();
  for (const Variant& each : variants) {
    int size = sizeOf(needsOf(each));
    if (size < sizeOf(needsOf(*least))) least = &each;
    bool isBetter = best == nullptr || size >= sizeOf(needsOf(*best));
    if (isBetter && missingCpuFeatures(needsOf(each), present).empty()) best = &each;
  }
  if (best == nullptr) return lacking(missingCpuFeatures(needsOf(*least), present));
  return best;
}

std::string cpuName(const abi::CpuNeeds& cpu) {
  return {cpu.name, std::find(cpu.name, std::end(cpu.name), '\0')};
}

}  // namespace loader
