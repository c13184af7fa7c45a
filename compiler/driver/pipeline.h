// The whole compiler as one function.
#pragma once

#include "compiler/driver/options.h"
#include "compiler/driver/phases.h"
#include "runtime/base/result.h"

namespace driver {

// Reads options.input and writes options.output, which appears whole or not at all.
base::Result<void> compile(const Options& options, Phases& phases);

}  // namespace driver
