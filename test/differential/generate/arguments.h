// Random arguments for the functions of random modules.
#pragma once

#include <cstdint>
#include <vector>

#include "test/differential/generate/random.h"

namespace differential {

// The arguments of a call, named as the parameters.
struct Arguments {
  uint32_t a;
  uint32_t b;
  uint64_t l;
  double d;
};

// Returns `count` sets of arguments. Most numbers are close to 0, a multiple of the page size, 2^31
// or 2^32; often one number of a set is small or an address within the memory.
std::vector<Arguments> randomArguments(Random& random, unsigned count);

}  // namespace differential
