// All scripts of a command line.
#pragma once

#include "runtime/base/result.h"
#include "test/wast/options.h"
#include "test/wast/tally.h"

namespace wast {

// Several at a time; failures are told in the order of the files. An error is a mistake of the
// command line, or the system's.
base::Result<Tally> runAll(const Options& options);

}  // namespace wast
