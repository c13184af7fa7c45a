// What the user asked of wasmrun.
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

// Exit codes of wasmrun's own; otherwise the guest's exit code is wasmrun's.
inline constexpr int kSuccess = 0;
inline constexpr int kFailure = 1;       // the module cannot be read, compiled, loaded or linked
inline constexpr int kUsageError = 2;    // the command line is wrong
inline constexpr int kTrapStatus = 134;  // the guest trapped; as a shell tells SIGABRT

// A directory of the host, and what the guest calls it.
struct GrantedDirectory {
  std::string hostPath;
  std::string guestPath;
  bool isReadOnly = false;
};

// How to run which module.
struct Options {
  std::vector<GrantedDirectory> directories;
  std::vector<std::pair<std::string, std::string>> environment;  // each name once
  bool inheritsEnvironment = false;          // what `environment` does not set is as it is here
  std::vector<std::string> listenAddresses;  // see listener.h
  std::optional<std::string> argv0;
  std::optional<std::string> invoke;
  std::optional<uint32_t> maxDescriptors;  // that the guest may have open; else WASI's default
  bool useCache = true;
  std::vector<std::string> compilerOptions;  // as wasm2obj is given them
  int verbosity = 0;
  bool tracesWasi = false;
  runtime::Limits limits;
  std::string module;
  std::vector<std::string> arguments;  // all that follows the module, options included
};

// A command line without errors.
struct CommandLine {
  Options options;
  std::optional<int> exitStatus;  // there is nothing to run: help or version, which are printed
};

// Errors name the option, and what is wrong with it.
base::Result<CommandLine> parseCommandLine(int argc, char** argv);

// A number, in decimal, of bytes or with K, M or G behind it of 1024 times as many and so on.
base::Result<uint64_t> parseSize(std::string_view text);

// "HOST", "HOST::GUEST", each with ":ro" behind it or not.
base::Result<GrantedDirectory> parseDirectory(std::string_view text);

}  // namespace run
