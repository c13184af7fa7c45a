// The counts of commands that passed, failed, or were skipped because a feature is not translated.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "compiler/wasm/validate/required_features.h"

namespace wast {

// The counts of one or several scripts. Trivially copyable, since it is used in shared memory (see
// Progress).
struct Tally {
  uint64_t passed = 0;
  uint64_t failed = 0;
  std::array<uint64_t, wasm::kFeatureCount> skippedFor{};  // by feature

  // Adds the counts of other scripts.
  Tally& operator+=(const Tally& other);
  // Returns the sum of `skippedFor`.
  uint64_t skipped() const;
  // Returns "3 passed, 1 failed, 2 skipped".
  std::string text() const;
  // Returns "skipped: simd 2, gc 1", or an empty string if no command was skipped.
  std::string skippedText() const;
};

}  // namespace wast
