// Pseudo-random numbers that depend only on the seed, not on the standard library or the machine.
#pragma once

#include <cstddef>
#include <cstdint>

namespace differential {

// A generator of pseudo-random numbers: SplitMix64.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  // Returns a number of 64 bits.
  uint64_t next() {
    state_ += 0x9e3779b97f4a7c15;
    uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  // Returns a number from 0 to bound - 1. `bound` must not be 0.
  uint64_t below(uint64_t bound) { return next() % bound; }
  // Returns true with a probability of `percent` percent.
  bool chance(unsigned percent) { return below(100) < percent; }
  // Returns a reference to an element of an array.
  template <class T, size_t count>
  const T& oneOf(const T (&items)[count]) {
    return items[below(count)];
  }

 private:
  uint64_t state_;
};

}  // namespace differential
