// wasm2obj's command line.
#pragma once

#include <string>

#include "compiler/codegen/options.h"
#include "runtime/base/result.h"

namespace driver {

enum class Emit : uint8_t { Object, SharedObject, Assembly, LlvmIr, Bitcode };

struct Options {
  std::string input;
  std::string output;  // "-": standard output
  Emit emit = Emit::SharedObject;
  codegen::Options codegen;
  unsigned jobs = 1;
  bool isVerbose = false;
  bool timePhases = false;
};

// What the command line asks for: to compile, or (help, version, wrong usage) to exit.
struct CommandLine {
  bool shouldExit = false;
  int exitStatus = 0;
  Options options;
};

CommandLine parseCommandLine(int argc, char** argv);

}  // namespace driver
