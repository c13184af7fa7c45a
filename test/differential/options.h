// The command line of `differential`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "test/differential/generate/random_module.h"

namespace differential {

struct Options {
  uint64_t count = 20;
  uint64_t first = 1;
  ModuleOptions module;
  std::string kind;  // what module.kind is a view of
  std::string way;   // only this one, if not empty
  bool hasNode = false;
  unsigned jobs = 1;
  unsigned secondsPerModule = 300;
  std::optional<uint64_t> printed;  // a seed
  std::optional<uint64_t> reduced;
};

struct CommandLine {
  Options options;
  bool shouldExit = false;
  int exitStatus = 0;
};

CommandLine parseCommandLine(int argc, char** argv);

}  // namespace differential
