// The reduction of a seed's failure to a small module and one call.
#pragma once

#include "test/differential/node_judge.h"
#include "test/differential/options.h"

namespace differential {

// Reduces the module of `seed` and prints it with the call that fails, as a text with comments.
// Returns false, after a message, if no call fails, or if the failure does not happen again in a
// second run. `node` may be null. Files are written as for Comparison.
bool reduceSeed(uint64_t seed, const Options& options, const NodeJudge* node);

}  // namespace differential
