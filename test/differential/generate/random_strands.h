// Generates loops whose body has been unrolled: several consecutive elements of some arrays are
// computed in the same way.
#pragma once

#include <string>

#include "test/differential/generate/random.h"

namespace differential {

// Returns a loop over `index` with the trip count `left`, which are locals of type i32 that have
// been set. The arrays begin near `index`, or at a distance of $i2 from it, and may overlap.
std::string unrolledLoop(Random& random, const std::string& label, const std::string& index,
                         const std::string& left);

}  // namespace differential
