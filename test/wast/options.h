// The command line of `wast`, which runs test scripts.
#pragma once

#include <string>
#include <vector>

#include "compiler/codegen/options.h"

namespace wast {

// The options.
struct Options {
  std::vector<std::string> files;
  codegen::Options codegen;
  unsigned jobs = 1;              // the number of scripts to run at the same time
  unsigned timeoutSeconds = 600;  // for each script
  bool isFrontEndOnly = false;    // only read and validate modules
  bool checksRoundTrip = false;   // print and parse every valid module
  bool isVerbose = false;
};

// A parsed command line: options, or the request to exit after help or wrong usage.
struct CommandLine {
  bool shouldExit = false;
  int exitStatus = 0;
  Options options;
};

// Parses the command line. Prints help and messages about wrong usage.
CommandLine parseCommandLine(int argc, char** argv);

}  // namespace wast
