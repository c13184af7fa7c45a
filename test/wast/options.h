// The command line of `wast`, which runs test scripts.
#pragma once

#include <string>
#include <vector>

#include "compiler/codegen/options.h"

namespace wast {

// The options, with their defaults.
struct Options {
  std::vector<std::string> files;  // the paths of the scripts
  codegen::Options codegen;        // how modules are compiled
  unsigned jobs = 1;               // the number of scripts to run at the same time
  unsigned timeoutSeconds = 600;   // of elapsed time, for each script
  bool isFrontEndOnly = false;     // only read and validate modules
  bool checksRoundTrip = false;    // print and parse every valid module
  bool stressesHeap = false;       // collect garbage at every allocation
  bool isVerbose = false;          // print the tally of each script
};

// A parsed command line: options, or the request to exit after help or wrong usage.
struct CommandLine {
  bool shouldExit = false;
  int exitStatus = 0;
  Options options;
};

// Parses the command line. Prints help to standard output, and messages about wrong usage to
// standard error, with the exit status 2.
CommandLine parseCommandLine(int argc, char** argv);

}  // namespace wast
