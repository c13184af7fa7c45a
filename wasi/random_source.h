// The source of the bytes of random_get: the kernel's generator, or a seeded generator for
// reproducible runs.
#pragma once

#include <cstdint>
#include <memory>
#include <random>
#include <span>

#include "wasi/fs/thread_members.h"
#include "wasi/types/errno.h"

namespace wasi {

// A generator of random bytes. Thread-safe.
class RandomSource {
 public:
  // Makes a source of cryptographically secure bytes, those of getrandom(2).
  RandomSource() = default;
  // Makes a source whose bytes follow from `seed` alone, on every machine: the 64-bit Mersenne
  // Twister. Not suitable for secrets.
  explicit RandomSource(uint64_t seed) : generator_(std::make_unique<std::mt19937_64>(seed)) {}

  // Fills `bytes`. Fails with the errno of getrandom(2), after which some bytes may be overwritten.
  Errno fill(std::span<uint8_t> bytes);

 private:
  std::unique_ptr<std::mt19937_64> generator_;  // null for the kernel's
  OwnMutex mutex_;                              // of the generator
};

}  // namespace wasi
