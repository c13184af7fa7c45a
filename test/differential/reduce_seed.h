// A seed whose module fails, made small.
#pragma once

#include "test/differential/node_judge.h"
#include "test/differential/options.h"

namespace differential {

// Prints what is left, and the call that fails. False if nothing does.
bool reduceSeed(uint64_t seed, const Options& options, const NodeJudge* node);

}  // namespace differential
