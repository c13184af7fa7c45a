// The options that decide what a guest is given: directories, variables, sockets and limits. They
// are the same on the command line of wasmrun and in executables.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "loader/options/option_parser.h"
#include "runtime/base/result.h"
#include "runtime/instance/limits.h"

namespace options {

// A directory of the host that the guest can access, and its name in the guest.
struct GrantedDirectory {
  std::string hostPath;
  std::string guestPath;
  bool isReadOnly = false;
};

// What a guest is given.
struct GuestOptions {
  std::vector<GrantedDirectory> directories;
  std::vector<std::pair<std::string, std::string>> environment;  // each name once
  bool inheritsEnvironment = false;          // adds the variables that are not in `environment`
  std::vector<std::string> listenAddresses;  // see listener.h
  std::optional<std::string> argv0;          // else a name that depends on the program
  std::optional<uint32_t> maxDescriptors;    // the limit of open descriptors; else WASI's default
  uint32_t maxThreads = 1024;                // that it may start and that run at a time
  std::string stringConstants = "'";         // the module whose imports are string constants
  bool tracesWasi = false;
  runtime::Limits limits;
  std::optional<std::chrono::nanoseconds> timeLimit;  // for the run as a whole
  std::optional<uint64_t> fuel;                       // of the main thread (docs/fuel.md)
  bool stressesHeap = false;
};

// What a variable without a value is that is not set in this process: an error, or left out.
enum class UnsetVariable : uint8_t { Error, Omitted };

// Returns the options, which change `target`. It must outlive them.
std::vector<Option> guestOptions(GuestOptions& target, UnsetVariable unset);

// Returns the number that a decimal number with an optional suffix K, M or G (1024, 1024^2, 1024^3)
// denotes. Fails if it does not fit 64 bits.
base::Result<uint64_t> parseSize(std::string_view text);

// Returns the time that a decimal number, such as "1.5", with a unit ns, us, ms, s, m or h denotes;
// without a unit seconds. Fails if it is not positive or longer than 100 years.
base::Result<std::chrono::nanoseconds> parseDuration(std::string_view text);

// Parses "HOST" or "HOST::GUEST", with an optional suffix ":ro". Without GUEST, the guest's name is
// HOST. Does not access the directory.
base::Result<GrantedDirectory> parseDirectory(std::string_view text);

// Returns whether a word that was used as the value of an option may be a module instead, so that
// the value has been forgotten.
bool looksLikeModule(std::string_view word);

}  // namespace options
