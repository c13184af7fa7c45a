// The scheduler of the script runner: runs all scripts of a command line, several at a time.
#pragma once

#include "runtime/base/result.h"
#include "test/wast/options.h"
#include "test/wast/tally.h"

namespace wast {

// Runs the scripts in child processes, Options::jobs at the same time, and prints failures in the
// order of the files. Returns the sum of all tallies, or an error if an option is wrong or the
// system fails. Failed commands and crashes are failures in the tally, not errors.
base::Result<Tally> runAll(const Options& options);

}  // namespace wast
