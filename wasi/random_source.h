// Where a guest's random bytes come from: the host's kernel, or a seed, so that every run gets the
// same ones.
#pragma once

#include <cstdint>
#include <memory>
#include <random>
#include <span>

#include "wasi/types/errno.h"

namespace wasi {

// Random bytes: those of the kernel, or reproducible ones.
class RandomSource {
 public:
  RandomSource() = default;  // the kernel's
  // Not for secrets.
  explicit RandomSource(uint64_t seed) : generator_(std::make_unique<std::mt19937_64>(seed)) {}

  // Overwrites `bytes` with random ones. Io if the kernel gives none.
  Errno fill(std::span<uint8_t> bytes);

 private:
  std::unique_ptr<std::mt19937_64> generator_;
};

}  // namespace wasi
