// wasm2obj's command line.
#pragma once

#include <string>
#include <vector>

#include "compiler/codegen/options.h"
#include "runtime/base/result.h"

namespace driver {

// Text and Binary are the module itself, in either of WebAssembly's formats.
enum class Emit : uint8_t { Object, SharedObject, Assembly, LlvmIr, Bitcode, Text, Binary };

// How to compile which module.
struct Options {
  std::string input;
  std::string inputName;  // for messages; empty: the same
  std::string output;     // "-": standard output
  Emit emit = Emit::SharedObject;
  codegen::Options codegen;
  unsigned jobs = 1;
  bool isVerbose = false;
  bool timePhases = false;
};

// What the command line asks for: to compile, to validate files, or (help, version, wrong usage) to
// exit.
struct CommandLine {
  bool shouldExit = false;
  int exitStatus = 0;
  Options options;
  std::vector<std::string> toValidate;
};

// Prints help and errors itself.
CommandLine parseCommandLine(int argc, char** argv);

}  // namespace driver
