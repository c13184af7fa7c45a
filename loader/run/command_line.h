// The command line of wasmrun: its options, their parser, and the exit codes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/instance/limits.h"

namespace run {

// The exit codes of wasmrun itself. If the guest returns or exits, its exit code is wasmrun's.
inline constexpr int kSuccess = 0;
inline constexpr int kFailure = 1;       // the module cannot be read, compiled, loaded or linked
inline constexpr int kUsageError = 2;    // the command line is wrong
inline constexpr int kTrapStatus = 134;  // the guest trapped; shells report SIGABRT as 134

// A directory of the host that the guest can access, and its name in the guest.
struct GrantedDirectory {
  std::string hostPath;
  std::string guestPath;
  bool isReadOnly = false;
};

// The module to run, and how to run it.
struct Options {
  std::vector<GrantedDirectory> directories;
  std::vector<std::pair<std::string, std::string>> environment;  // each name once
  bool inheritsEnvironment = false;          // adds the variables that are not in `environment`
  std::vector<std::string> listenAddresses;  // see listener.h
  std::optional<std::string> argv0;          // else the file name of the module
  std::optional<std::string> invoke;         // the export to call instead of _start
  std::optional<uint32_t> maxDescriptors;    // the limit of open descriptors; else WASI's default
  std::string stringConstants = "'";         // the module whose imports are string constants
  bool useCache = true;
  std::vector<std::string> compilerOptions;  // for the command line of wasm2obj
  int verbosity = 0;
  bool tracesWasi = false;
  runtime::Limits limits;
  bool stressesHeap = false;
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

// Returns the number that a decimal number with an optional suffix K, M or G (1024, 1024^2, 1024^3)
// denotes. Fails if it does not fit 64 bits.
base::Result<uint64_t> parseSize(std::string_view text);

// Parses "HOST" or "HOST::GUEST", with an optional suffix ":ro". Without GUEST, the guest's name is
// HOST. Does not access the directory.
base::Result<GrantedDirectory> parseDirectory(std::string_view text);

}  // namespace run
