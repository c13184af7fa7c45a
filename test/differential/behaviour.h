// What a module does when it is compiled and called in this process.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "compiler/codegen/target/target.h"
#include "compiler/wasm/validate/validate.h"
#include "test/differential/generate/outcome.h"
#include "test/differential/generate/random_module.h"

namespace differential {

// Makes each call in an instance of its own. What a module does not export of what others do is not
// in its outcomes.
base::Result<std::vector<Outcome>> behaviour(const wasm::ValidModule& module,
                                             const codegen::Options& options,
                                             std::span<const Call> calls);

}  // namespace differential
