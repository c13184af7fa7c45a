// Random loops that have been unrolled: each element of some arrays is computed in the same way.
#pragma once

#include <string>

#include "test/differential/generate/random.h"

namespace differential {

// A loop over `index` and the trip count `left`, local variables of type i32 that are set already.
// Its arrays begin near `index`, and some of them as far from it as $i2 tells; they may overlap.
std::string unrolledLoop(Random& random, const std::string& label, const std::string& index,
                         const std::string& left);

}  // namespace differential
