// What the functions of random modules are called with.
#pragma once

#include <cstdint>
#include <vector>

#include "test/differential/generate/random.h"

namespace differential {

struct Arguments {
  uint32_t a;
  uint32_t b;
  uint64_t l;
  double d;
};

// Mostly about 0, multiples of the page size, 2^31 and 2^32; one of each set is often a small
// number or an address that is well inside.
std::vector<Arguments> randomArguments(Random& random, unsigned count);

}  // namespace differential
