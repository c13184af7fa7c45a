#include "compiler/codegen/target/target.h"

#include <fmt/format.h>
#include <llvm/ADT/StringMap.h>
#include <llvm/MC/MCSubtargetInfo.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Target/TargetMachine.h>
#include <llvm/Target/TargetOptions.h>
#include <llvm/TargetParser/Host.h>
#include <llvm/TargetParser/SubtargetFeature.h>
#include <llvm/TargetParser/Triple.h>

#include "compiler/codegen/target/llvm_process.h"

namespace codegen {
namespace {

using base::Error;
using base::Result;

Result<abi::Arch> archOf(const llvm::Triple& triple) {
  if (triple.getArch() == llvm::Triple::x86_64) return abi::Arch::X86_64;
  if (triple.getArch() == llvm::Triple::aarch64) return abi::Arch::AArch64;
  return Error{"--target", fmt::format("'{}' is not supported; expected x86_64-linux-gnu or "
                                       "aarch64-linux-gnu",
                                       triple.str())};
}

std::string hostFeatures() {
  llvm::SubtargetFeatures features;
  for (const auto& feature : llvm::sys::getHostCPUFeatures()) {
    features.AddFeature(feature.getKey(), feature.getValue());
  }
  return features.getString();
}

std::string joinFeatures(const std::string& first, const std::string& second) {
  return first.empty() || second.empty() ? first + second : first + "," + second;
}

// Vectors of 512 bits save time only on CPUs whose units have that width; elsewhere a vectorized
// loop only needs twice as many iterations to be entered. AVX-512's masks and rotations are used
// nevertheless. Gathers and scatters are slower than loads and stores of the single lanes.
std::string tuning(abi::Arch arch, std::string_view cpu) {
  if (arch != abi::Arch::X86_64) return "";
  std::string width = cpu == "znver5" ? "" : "+prefer-256-bit,";
  return width + "+prefer-no-gather,+prefer-no-scatter";
}

llvm::CodeGenOptLevel codeGenLevel(OptLevel level) {
  switch (level) {
    case OptLevel::O0:
      return llvm::CodeGenOptLevel::None;
    case OptLevel::O1:
      return llvm::CodeGenOptLevel::Less;
    case OptLevel::O3:
      return llvm::CodeGenOptLevel::Aggressive;
    case OptLevel::O2:
    case OptLevel::Os:
      break;
  }
  return llvm::CodeGenOptLevel::Default;
}

const llvm::Target* findTarget(const llvm::Triple& triple) {
  std::string reason;
  return llvm::TargetRegistry::lookupTarget(triple, reason);
}

// Returns an error unless every feature is "+name" or "-name" with a name of the target. LLVM would
// only print a warning.
Result<void> checkFeatures(const llvm::MCSubtargetInfo& info, const std::string& features) {
  llvm::SubtargetFeatures list(features);
  for (const std::string& feature : list.getFeatures()) {
    if (!llvm::SubtargetFeatures::hasFlag(feature)) {
      return Error{"--cpu-features", fmt::format("'{}' needs a + or - in front", feature)};
    }
    auto name = llvm::SubtargetFeatures::StripFlag(feature);
    bool known = false;
    for (const auto& row : info.getAllProcessorFeatures()) known |= name == row.Key;
    if (!known) {
      return Error{"--cpu-features",
                   fmt::format("'{}' is not a feature of this target", name.str())};
    }
  }
  return {};
}

}  // namespace

// The triple is reduced to the architecture: the output is an ELF file for Linux whatever vendor,
// system and environment the user's triple has.
Result<Target> Target::resolve(const Options& options) {
  initializeLlvm();
  llvm::Triple host(llvm::sys::getDefaultTargetTriple());
  llvm::Triple triple(options.triple.empty() ? host.str()
                                             : llvm::Triple::normalize(options.triple));
  Target target;
  TRY_ASSIGN(target.arch_, archOf(triple));
  target.triple_ =
      target.arch_ == abi::Arch::X86_64 ? "x86_64-unknown-linux-gnu" : "aarch64-unknown-linux-gnu";
  target.optLevel_ = options.optLevel;
  bool isHost = triple.getArch() == host.getArch();
  bool native = options.cpu.empty() ? isHost : options.cpu == "native";
  if (native && !isHost) {
    return Error{"--cpu", "'native' needs the host's own target; name a CPU instead"};
  }

  const llvm::Triple chosen(target.triple_);
  const llvm::Target* llvmTarget = findTarget(chosen);
  CHECK(llvmTarget != nullptr);
  std::string generic = target.arch_ == abi::Arch::X86_64 ? "x86-64" : "generic";
  target.cpu_ =
      native ? llvm::sys::getHostCPUName().str() : (options.cpu.empty() ? generic : options.cpu);

  std::unique_ptr<llvm::MCSubtargetInfo> any(
      llvmTarget->createMCSubtargetInfo(chosen, generic, ""));
  if (!any->isCPUStringValid(target.cpu_)) {
    return Error{"--cpu",
                 fmt::format("'{}' is not a CPU of {}", target.cpu_, abi::archName(target.arch_))};
  }
  TRY(checkFeatures(*any, options.features));
  // Tuning comes first, so that the host's features and the user's override it.
  target.features_ = joinFeatures(tuning(target.arch_, target.cpu_),
                                  joinFeatures(native ? hostFeatures() : "", options.features));

  // The subtarget, not the list of features, decides: a CPU implies features, as one feature does
  // others.
  std::unique_ptr<llvm::MCSubtargetInfo> info(
      llvmTarget->createMCSubtargetInfo(chosen, target.cpu_, target.features_));
  for (const abi::CpuFeature& feature : abi::kCpuFeatures) {
    if (feature.arch == target.arch_ && info->checkFeatures(std::string("+") + feature.name)) {
      target.featureBits_[feature.bit / 64] |= uint64_t{1} << (feature.bit % 64);
    }
  }
  return target;
}

bool Target::has(std::string_view feature) const {
  for (const abi::CpuFeature& row : abi::kCpuFeatures) {
    if (row.arch == arch_ && row.name == feature) {
      return (featureBits_[row.bit / 64] >> (row.bit % 64) & 1) != 0;
    }
  }
  base::checkFailed(__FILE__, __LINE__, "a feature of this architecture");
}

// LLVM has no feature for this, so the name of the CPU decides.
bool Target::hasFastSegmentBase() const {
  return hasSegmentBase() && (cpu_ == "znver1" || cpu_ == "znver2" || cpu_ == "znver3");
}

std::unique_ptr<llvm::TargetMachine> Target::makeMachine() const { return makeMachine(optLevel_); }

std::unique_ptr<llvm::TargetMachine> Target::makeMachine(OptLevel level) const {
  llvm::Triple triple(triple_);
  llvm::TargetOptions options;
  options.TrapUnreachable = false;
  std::unique_ptr<llvm::TargetMachine> machine(
      findTarget(triple)->createTargetMachine(triple, cpu_, features_, options, llvm::Reloc::PIC_,
                                              llvm::CodeModel::Small, codeGenLevel(level)));
  CHECK(machine != nullptr);
  return machine;
}

}  // namespace codegen
