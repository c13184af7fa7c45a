// The driver of the compiler: all steps from the input file to the output file.
#pragma once

#include "compiler/driver/options.h"
#include "compiler/driver/phases.h"
#include "runtime/base/result.h"

namespace driver {

// Compiles options.input to options.output, which appears whole or not at all (see OutputFile).
// Adds the time of each step to `phases`. Returns the first error of a file, of the module, or of
// the options for the target. Only one call at a time may run in a process, since lld has global
// state.
base::Result<void> compile(const Options& options, Phases& phases);

}  // namespace driver
