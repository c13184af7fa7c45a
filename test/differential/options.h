// The command line of `differential`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "test/differential/generate/random_module.h"

namespace differential {

// The options, with their defaults.
struct Options {
  uint64_t count = 20;  // the number of modules
  uint64_t first = 1;   // the first seed
  ModuleOptions module;
  std::string kind;                 // module.kind is a view of it
  std::string way;                  // the only way to compare, unless empty
  bool hasNode = false;             // whether to compare with Node.js
  unsigned jobs = 1;                // the number of modules to compare at the same time
  unsigned secondsPerModule = 300;  // of processor time
  std::optional<uint64_t> printed;  // the seed of a module to print
  std::optional<uint64_t> reduced;  // the seed of a module to reduce
};

// A parsed command line: options, or the request to exit after help or wrong usage.
struct CommandLine {
  Options options;
  bool shouldExit = false;
  int exitStatus = 0;
};

// Parses the command line. Prints help to standard output, and messages about wrong usage to
// standard error, with the exit status 2.
CommandLine parseCommandLine(int argc, char** argv);

}  // namespace differential
