// Runs one script.
#pragma once

#include <string>

#include "compiler/codegen/target/target.h"
#include "test/wast/options.h"
#include "test/wast/tally.h"

namespace wast {

// The progress of a script. It is in shared memory, so that it survives a crash of the process that
// runs the script.
struct Progress {
  uint32_t line = 0;  // of the current command
  Tally tally;
};

// Runs the script in `file` and prints each failure to standard output.
void runScript(const std::string& file, const Options& options, const codegen::Target& target,
               Progress& progress);

}  // namespace wast
