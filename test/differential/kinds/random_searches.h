// Random loops that look for something in memory.
#pragma once

#include <string>

#include "test/differential/generate/random.h"

namespace differential {

// A loop over `index` that loads elements from near it, and from as far from it as $i2 tells, until
// they are what it looks for or `left` rounds are over; both are local variables of type i32 that
// are set already.
std::string searchLoop(Random& random, const std::string& label, const std::string& index,
                       const std::string& left);

}  // namespace differential
