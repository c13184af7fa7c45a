// How many commands of scripts passed, failed, or were skipped for want of a feature.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "compiler/wasm/validate/required_features.h"

namespace wast {

// Trivially copyable: a process that runs a script keeps one in memory that it shares.
struct Tally {
  uint64_t passed = 0;
  uint64_t failed = 0;
  std::array<uint64_t, wasm::kFeatureCount> skippedFor{};  // by feature

  Tally& operator+=(const Tally& other);
  uint64_t skipped() const;
  // "3 passed, 1 failed, 2 skipped"
  std::string text() const;
  // "skipped: simd 2, gc 1", or nothing.
  std::string skippedText() const;
};

}  // namespace wast
