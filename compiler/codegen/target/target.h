// The machine that code is made for: LLVM's TargetMachine, and what the artifact records of it.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "compiler/codegen/options.h"
#include "runtime/abi/types.h"
#include "runtime/base/result.h"

namespace llvm {
class TargetMachine;
}

namespace codegen {

// A resolved target; make one TargetMachine per thread from it.
class Target {
 public:
  // Refuses unknown triples, CPUs and features by name.
  static base::Result<Target> resolve(const Options& options);

  std::unique_ptr<llvm::TargetMachine> makeMachine(OptLevel level) const;
  std::unique_ptr<llvm::TargetMachine> makeMachine() const;

  const std::string& triple() const { return triple_; }
  const std::string& cpu() const { return cpu_; }
  const std::string& features() const { return features_; }
  abi::Arch arch() const { return arch_; }
  // Bits of cpu_features.def that code for this target may use.
  const std::array<uint64_t, 2>& cpuFeatureBits() const { return featureBits_; }
  // Whether code may use a feature of cpu_features.def, by its name there. Naming one that the
  // architecture does not have is a bug.
  bool has(std::string_view feature) const;
  // Whether memory 0 can be reached by a segment register (abi::ContextHeader::segmentBase).
  bool hasSegmentBase() const { return arch_ == abi::Arch::X86_64; }
  // Whether that is worth its while: on AMD's CPUs up to Zen 3. On Intel's and on Zen 4 it takes
  // longer than what a free register gains.
  bool hasFastSegmentBase() const;
  // Alignment that lets a part of the file be mapped on any host of this architecture.
  uint64_t pageSize() const { return abi::hostPageSize(arch_); }

 private:
  std::string triple_;
  std::string cpu_;
  std::string features_;
  abi::Arch arch_ = abi::Arch::X86_64;
  OptLevel optLevel_ = OptLevel::O2;
  std::array<uint64_t, 2> featureBits_{};
};

}  // namespace codegen
