#include "loader/run/command_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "loader/program/exit_codes.h"
#include "loader/signature/key_file.h"
#include "runtime/abi/abi_hash.h"

namespace run {
namespace {

using base::Error;
using base::Result;
using options::Option;

constexpr char kUsage[] = "Usage: wasmrun [OPTIONS] MODULE [ARGS...]";

constexpr char kIntroduction[] =
    "\n"
    "\n"
    "Runs a WebAssembly module like a program. MODULE is a .wasm or .wat file, which is compiled "
    "first\n"
    "and kept in a cache, or what wasm2obj made of one; - is standard input. Everything behind it\n"
    "belongs to the guest, which sees nothing of this machine but its standard streams and what "
    "is\n"
    "given to it.\n"
    "\n"
    "Options:\n";

constexpr std::string_view kUseDir = "directories are granted with --dir HOST::GUEST";
constexpr std::string_view kUseCpu = "the CPU is chosen with --cpu NAME";
constexpr std::string_view kUseCompiler = "wasm2obj makes object files and assembly, with --emit";

constexpr options::Foreign kForeign[] = {
    {"mapdir", kUseDir},
    {"volume", kUseDir},
    {"preopen", kUseDir},
    {"d", kUseDir},
    {"e", "variables are set with --env NAME=VALUE"},
    {"march", kUseCpu},
    {"mcpu", kUseCpu},
    {"mtune", kUseCpu},
    {"c", kUseCompiler},
    {"S", kUseCompiler},
    {"o", kUseCompiler},
    {"g", "traps show the names of functions without it"},
    {"V", "the version is printed with --version"},
    {"W", "of options of this kind there are --max-files, --bounds and --deterministic"},
};

// The number of -v from which on WASI calls are printed.
constexpr int kTraceVerbosity = 2;

Result<void> addFile(std::vector<PreloadedFile>& files, std::string_view value) {
  size_t equals = value.find('=');
  if (equals == 0 || equals == value.npos || equals + 1 == value.size())
    return Error{"", fmt::format("'{}' is not NAME=FILE", value)};
  std::string name(value.substr(0, equals));
  if (std::ranges::find(files, name, &PreloadedFile::name) != files.end())
    return Error{"", fmt::format("'{}' is the name of two files", name)};
  files.push_back({std::move(name), std::string(value.substr(equals + 1))});
  return {};
}

// Returns the options of wasmrun besides those of the guest, which change `line`.
std::vector<Option> ownOptions(CommandLine& line) {
  Options* options = &line.options;
  // Passes an option to the compiler, which checks its value.
  auto passOn = [options](const char* option) {
    return [options, option](std::string_view value) -> Result<void> {
      options->compilerOptions.push_back(fmt::format("{}{}", option, value));
      return {};
    };
  };
  return {
      {"invoke", 0, "NAME",
       "Call this export with ARGS (a v128: i32x4:1,2,3,4) and print its results, instead of "
       "_start",
       [options](std::string_view value) -> Result<void> {
         options->invoke = value;
         return {};
       }},
      {"preload", 0, "NAME=FILE",
       "Instantiate this module before, in the order given, so that MODULE and later ones import "
       "its exports from NAME",
       [options](std::string_view value) { return addFile(options->preloads, value); }},
      {"library", 0, "NAME=FILE",
       "Let the guest load this position-independent library while it runs, by dlopen(NAME)",
       [options](std::string_view value) { return addFile(options->libraries, value); }},
      {"", 'O', "0|1|2|3|s", "Compile at this level (default: 2)", passOn("-O")},
      {"cpu", 0, "NAME", "Compile for this CPU (default: native)", passOn("--cpu=")},
      {"cpu-features", 0, "LIST", "Compile with or without these features of the CPU: +avx2,-fma",
       passOn("--cpu-features=")},
      {"bounds", 0, "guard|explicit",
       "Keep memory accesses inside by guard pages (guard) or compares (explicit)",
       passOn("--bounds=")},
      {"deterministic", 0, nullptr, "Compile so that it computes the same on every machine",
       passOn("--deterministic")},
      {"no-cache", 0, nullptr, "Compile anew, and keep nothing",
       [options](std::string_view) -> Result<void> {
         options->useCache = false;
         return {};
       }},
      {"require-signature", 0, "KEY",
       "Load only an artifact that the owner of this public key (PEM), or of another one given so, "
       "has signed",
       [options](std::string_view value) -> Result<void> {
         auto key = loader::readPublicKey(std::string(value));
         if (!key) return Error{"", key.error().text()};
         options->requiredKeys.push_back(*key);
         return {};
       }},
      {"verbose", 'v', nullptr, "Say what is done; twice, with --wasi-trace",
       [options](std::string_view) -> Result<void> {
         if (++options->verbosity >= kTraceVerbosity) options->guest.tracesWasi = true;
         return {};
       }},
  };
}

// Returns the options that end the program, which print to standard output.
std::vector<Option> endingOptions(CommandLine& line, const std::vector<Option>& others) {
  CommandLine* end = &line;
  return {
      {"version", 0, nullptr, "Print the version",
       [end](std::string_view) -> Result<void> {
         fmt::print("wasmrun {} (ABI {}, {:016x})\n", WASM2OBJ_VERSION, abi::kAbiVersion,
                    abi::kAbiHash);
         end->exitStatus = program::kSuccess;
         return {};
       }},
      {"help", 'h', nullptr, "Print this help",
       [end, &others](std::string_view) -> Result<void> {
         fmt::print("{}{}{}", kUsage, kIntroduction, options::helpFor(others));
         end->exitStatus = program::kSuccess;
         return {};
       }},
  };
}

}  // namespace

Result<CommandLine> parseCommandLine(int argc, char** argv) {
  CommandLine line;
  std::vector<Option> all =
      options::guestOptions(line.options.guest, options::UnsetVariable::Error);
  std::ranges::copy(ownOptions(line), std::back_inserter(all));
  std::ranges::copy(endingOptions(line, all), std::back_inserter(all));
  options::OptionParser parser({argv + 1, argv + std::max(argc, 1)}, all, kForeign);
  while (!line.exitStatus && parser.atOption()) TRY(parser.takeOption());
  if (line.exitStatus) return line;
  if (!parser.hasWord() && options::looksLikeModule(parser.lastValue()))
    return Error{"", fmt::format("which module? '{}' is taken as an option's value. {}",
                                 parser.lastValue(), kUsage)};
  if (!parser.hasWord()) return Error{"", fmt::format("which module? {}", kUsage)};
  line.options.module = parser.next();
  line.options.arguments.assign(parser.rest().begin(), parser.rest().end());
  return line;
}

}  // namespace run
