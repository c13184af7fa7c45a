// The target of a compilation: architecture, CPU and instruction set extensions.
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

// A triple, a CPU and its features. Immutable, so threads can share it. Each thread makes a
// TargetMachine of its own, since LLVM's is not thread-safe.
class Target {
 public:
  // Returns the target that the options select. Returns an error whose place is the option if the
  // triple, the CPU or a feature is unknown, if a feature lacks its sign, or if the CPU is "native"
  // but the architecture is not the host's. Initializes LLVM on the first call. Thread-safe.
  static base::Result<Target> resolve(const Options& options);

  // Return a new TargetMachine for position-independent code, by default at the optimization level
  // of the options. The Target may be destroyed before it.
  std::unique_ptr<llvm::TargetMachine> makeMachine(OptLevel level) const;
  std::unique_ptr<llvm::TargetMachine> makeMachine() const;

  // The strings that LLVM takes: the normalized triple, the name of the CPU, and its features as
  // "+avx2,-fma", in which later ones override earlier ones.
  const std::string& triple() const { return triple_; }
  const std::string& cpu() const { return cpu_; }
  const std::string& features() const { return features_; }
  abi::Arch arch() const { return arch_; }
  // Returns the features that code for this target may use, as bits of cpu_features.def.
  const std::array<uint64_t, 2>& cpuFeatureBits() const { return featureBits_; }
  // Returns whether code may use a feature, given by its name in cpu_features.def. The architecture
  // must have a feature of this name.
  bool has(std::string_view feature) const;
  // Returns whether memory 0 can be addressed by a segment register (ContextHeader::segmentBase).
  bool hasSegmentBase() const { return arch_ == abi::Arch::X86_64; }
  // Returns whether addressing memory 0 by the segment register makes code faster: on AMD's CPUs up
  // to Zen 3. On Intel's and on Zen 4 such accesses take more time than the free register gains.
  bool hasFastSegmentBase() const;
  // Returns the alignment of parts of the file that are mapped by themselves: the largest page size
  // of hosts of this architecture.
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
