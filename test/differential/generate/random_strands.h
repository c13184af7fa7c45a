// A generator of loops whose body has been unrolled by hand: several consecutive elements of arrays
// are computed in the same way, which SLP vectorization and rerolling recognize.
#pragma once

#include <string>

#include "test/differential/generate/random.h"

namespace differential {

// Returns a loop labeled `label` over `index` with the trip count `left`, which are locals of type
// i32 that have been set. The arrays begin near `index`, or at a distance of $i2 from it, and may
// overlap. Requires memory 0 with 32-bit addresses, and the locals of RandomExpression.
std::string unrolledLoop(Random& random, const std::string& label, const std::string& index,
                         const std::string& left);

}  // namespace differential
