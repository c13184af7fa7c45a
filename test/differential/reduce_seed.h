// Reduces the module of a seed that fails.
#pragma once

#include "test/differential/node_judge.h"
#include "test/differential/options.h"

namespace differential {

// Reduces the module and prints it with the call that fails. Returns false if no call fails.
bool reduceSeed(uint64_t seed, const Options& options, const NodeJudge* node);

}  // namespace differential
