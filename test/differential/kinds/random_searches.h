// A generator of loops that search memory, such as strlen and memchr.
#pragma once

#include <string>

#include "test/differential/generate/random.h"

namespace differential {

// Returns a loop labeled `label` over `index` that loads elements near it, or at a distance of $i2
// from it. It ends when it finds an element, or after `left` iterations, or in some loops when
// `index` reaches a limit. Both are locals of type i32 that have been set. Requires memory 0 with
// 32-bit addresses.
std::string searchLoop(Random& random, const std::string& label, const std::string& index,
                       const std::string& left);

}  // namespace differential
