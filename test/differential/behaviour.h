// Compiles a module and records what calls of its functions do, in this process.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "compiler/codegen/target/target.h"
#include "compiler/wasm/validate/validate.h"
#include "test/differential/generate/outcome.h"
#include "test/differential/generate/random_module.h"

namespace differential {

// Returns the outcomes of the calls. Each call is made in a new instance. Outcomes contain only the
// globals, tables and memories that the module exports.
base::Result<std::vector<Outcome>> behaviour(const wasm::ValidModule& module,
                                             const codegen::Options& options,
                                             std::span<const Call> calls);

}  // namespace differential
