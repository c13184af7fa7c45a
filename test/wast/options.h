// The runner's command line.
#pragma once

#include <string>
#include <vector>

#include "compiler/codegen/options.h"

namespace wast {

struct Options {
  std::vector<std::string> files;
  codegen::Options codegen;
  unsigned jobs = 1;              // scripts at a time
  unsigned timeoutSeconds = 600;  // for a script
  bool isFrontEndOnly = false;    // check modules, run nothing
  bool checksRoundTrip = false;   // print and parse every valid module
  bool isVerbose = false;
};

// What the command line asks for: to run scripts, or (help, wrong usage) to exit.
struct CommandLine {
  bool shouldExit = false;
  int exitStatus = 0;
  Options options;
};

CommandLine parseCommandLine(int argc, char** argv);

}  // namespace wast
