// Generates loops that search memory.
#pragma once

#include <string>

#include "test/differential/generate/random.h"

namespace differential {

// Returns a loop over `index` that loads elements near it, or at a distance of $i2 from it, and
// ends when it finds what it searches for, or after `left` iterations. Both are locals of type i32
// that have been set.
std::string searchLoop(Random& random, const std::string& label, const std::string& index,
                       const std::string& left);

}  // namespace differential
