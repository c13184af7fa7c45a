// Runs all scripts of a command line.
#pragma once

#include "runtime/base/result.h"
#include "test/wast/options.h"
#include "test/wast/tally.h"

namespace wast {

// Runs Options::jobs scripts at the same time and prints failures in the order of the files.
// Returns the sum of all tallies, or an error if an option is wrong or the system fails.
base::Result<Tally> runAll(const Options& options);

}  // namespace wast
