// The command line of wasm2obj.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/codegen/options.h"
#include "compiler/driver/sign.h"
#include "compiler/snapshot/snapshot.h"
#include "runtime/base/result.h"

namespace driver {

// The kind of the output. Text and Binary are the module itself, in one of WebAssembly's formats.
// Header is that for the functions of an object file (compiler/c_interface).
enum class Emit : uint8_t {
  Object,
  SharedObject,
  Executable,
  Assembly,
  LlvmIr,
  Bitcode,
  Text,
  Binary,
  Header
};

// The options of one compilation.
struct Options {
  std::string input;      // a path; "-" is standard input
  std::string inputName;  // for messages; if empty, `input` is used
  std::string output;     // a path; "-" is standard output
  Emit emit = Emit::SharedObject;
  std::string header;     // the path of a header for C; empty for none
  std::string cppHeader;  // of the one for C++, which needs the other; empty for none
  codegen::Options codegen;
  // To compile the module's state after its initialization instead of the module.
  std::optional<snapshot::Options> snapshot;
  // The options of an executable for its guest (loader/options/guest_options.h), as words.
  std::vector<std::string> guestWords;
  std::string runtimeDirectory;  // see findRuntime()
  unsigned jobs = 1;             // threads; does not change the output
  bool isVerbose = false;        // print the phases and the functions that are not optimized
  // How to print the time of each phase at the end: "text", "json", or not at all.
  std::string timePhases;
  bool timePasses = false;  // print the time of each of LLVM's passes as well
};

// The action that the command line selects: to validate files if toValidate is not empty, to print
// the facts of a compiled module if toInspect is not empty, to sign one if toSign has a file, to
// exit with exitStatus if shouldExit (after help, the version, or a usage error), else to compile.
struct CommandLine {
  bool shouldExit = false;
  int exitStatus = 0;
  Options options;
  std::vector<std::string> toValidate;
  std::string toInspect;
  std::vector<std::string> knownKeys;  // of toInspect: PEM files of public keys
  bool asJson = false;
  SignRequest toSign;
};

// Parses the command line. Prints help and the version to standard output and usage errors to
// standard error; the exit status of a usage error is 2. Reads no file.
CommandLine parseCommandLine(int argc, char** argv);

}  // namespace driver
