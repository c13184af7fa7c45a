// One script from its file to its verdicts.
#pragma once

#include <string>

#include "compiler/codegen/target/target.h"
#include "test/wast/options.h"
#include "test/wast/tally.h"

namespace wast {

// What is known of a script that is being run, even if this process dies.
struct Progress {
  uint32_t line = 0;  // of the command that is being run
  Tally tally;
};

// Tells each failure on standard output.
void runScript(const std::string& file, const Options& options, const codegen::Target& target,
               Progress& progress);

}  // namespace wast
