// The command line of wasmrun.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loader/options/guest_options.h"
#include "loader/signature/ed25519.h"
#include "runtime/base/result.h"

namespace run {

// A module besides the one to run.
struct PreloadedFile {
  std::string name;  // the module name by which later modules import its exports
  std::string path;
};

// The module to run, and how to run it.
struct Options {
  options::GuestOptions guest;
  std::vector<PreloadedFile> preloads;   // in order; each name once
  std::vector<PreloadedFile> libraries;  // that the guest may load while it runs, likewise
  std::optional<std::string> invoke;     // the export to call instead of _start
  bool useCache = true;
  // If there are any, only artifacts that one of them has signed are loaded.
  std::vector<loader::PublicKey> requiredKeys;
  std::vector<std::string> compilerOptions;  // for the command line of wasm2obj
  int verbosity = 0;
  std::string module;                  // a path, or "-" for standard input
  std::vector<std::string> arguments;  // all words after the module, which are the guest's
};

// A valid command line.
struct CommandLine {
  Options options;
  // Present if there is no module to run: the help or the version was printed. The exit code.
  std::optional<int> exitStatus;
};

// Parses the arguments of main(). Prints the help or the version to standard output if the command
// line has such an option. The `where` of an Error is the option.
base::Result<CommandLine> parseCommandLine(int argc, char** argv);

}  // namespace run
