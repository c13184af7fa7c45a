// The execution of a module's functions in this process: compiles the module and records the
// outcome of each call.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "compiler/codegen/target/target.h"
#include "compiler/wasm/validate/validate.h"
#include "test/differential/generate/outcome.h"
#include "test/differential/generate/random_module.h"

namespace differential {

// Returns the outcomes of the calls, in their order. Each call is made in a new instance and store,
// so that outcomes do not depend on each other. Outcomes contain only the globals, the table and
// the memories that have the names of a RandomModule's exports. Returns an error if the options are
// wrong, or if the module cannot be compiled or instantiated. Traps are outcomes, not errors. A
// crash of the compiled code ends the process. `stressesHeap` is as in StoreOptions.
base::Result<std::vector<Outcome>> behavior(const wasm::ValidModule& module,
                                            const codegen::Options& options,
                                            std::span<const Call> calls, bool stressesHeap = false);

}  // namespace differential
