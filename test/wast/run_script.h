// The execution of one script.
#pragma once

#include <string>

#include "test/wast/compiler/module_compiler.h"
#include "test/wast/options.h"
#include "test/wast/tally.h"

namespace wast {

// The progress of a script. It is in memory that is shared with the parent process, so that it
// survives a crash of the process that runs the script. Trivially copyable.
struct Progress {
  uint32_t line = 0;  // of the current command
  Tally tally;
};

// Runs the script in `file` and prints each failure to standard output. Updates `progress` after
// each command. A file that cannot be read or parsed counts as one failure.
void runScript(const std::string& file, const Options& options, const ModuleCompiler& compiler,
               Progress& progress);

}  // namespace wast
