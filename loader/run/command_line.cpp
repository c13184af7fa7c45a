#include "loader/run/command_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string_view>

#include "runtime/abi/abi_hash.h"
#include "runtime/base/nearest.h"

namespace run {
namespace {

using base::Error;
using base::Result;

Result<void> setHelp(CommandLine& line, std::string_view value);

Result<void> setVersion(CommandLine& line, std::string_view) {
  fmt::print("wasmrun {} (ABI {:016x})\n", WASM2OBJ_VERSION, abi::kAbiHash);
  line.exitStatus = kSuccess;
  return {};
}

Result<void> addDirectory(CommandLine& line, std::string_view value) {
  TRY_ASSIGN(GrantedDirectory directory, parseDirectory(value));
  line.options.directories.push_back(std::move(directory));
  return {};
}

// Returns whether a word that was used as the value of an option may be the module instead, so that
// the value has been forgotten.
bool looksLikeModule(std::string_view word) {
  return word.ends_with(".wasm") || word.ends_with(".wat") || word.ends_with(".so");
}

// Sets a variable. A later value replaces an earlier one.
void setVariable(Options& options, std::string name, std::string value) {
  for (auto& [known, present] : options.environment) {
    if (known != name) continue;
    present = std::move(value);
    return;
  }
  options.environment.emplace_back(std::move(name), std::move(value));
}

Result<void> addVariable(CommandLine& line, std::string_view value) {
  size_t equals = value.find('=');
  std::string name(value.substr(0, equals));
  if (name.empty()) return Error{"", fmt::format("'{}' has no name", value)};
  if (equals != value.npos) {
    setVariable(line.options, std::move(name), std::string(value.substr(equals + 1)));
    return {};
  }
  const char* present = std::getenv(name.c_str());
  if (present == nullptr && looksLikeModule(name))
    return Error{"", fmt::format("expects NAME[=VALUE]; was that forgotten before '{}'?", name)};
  if (present == nullptr)
    return Error{"", fmt::format("'{0}' is not set here; give it a value with {0}=VALUE", name)};
  setVariable(line.options, name, present);
  return {};
}

Result<void> setInheritEnvironment(CommandLine& line, std::string_view) {
  line.options.inheritsEnvironment = true;
  return {};
}

Result<void> addListener(CommandLine& line, std::string_view value) {
  line.options.listenAddresses.emplace_back(value);
  return {};
}

Result<void> setArgv0(CommandLine& line, std::string_view value) {
  line.options.argv0 = value;
  return {};
}

Result<void> setInvoke(CommandLine& line, std::string_view value) {
  line.options.invoke = value;
  return {};
}

Result<void> setStringConstants(CommandLine& line, std::string_view value) {
  line.options.stringConstants = value;
  return {};
}

Result<void> setNoCache(CommandLine& line, std::string_view) {
  line.options.useCache = false;
  return {};
}

Result<void> setGcStress(CommandLine& line, std::string_view) {
  line.options.stressesHeap = true;
  return {};
}

Result<void> setMaxDescriptors(CommandLine& line, std::string_view value) {
  uint32_t count = 0;
  auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), count);
  if (error != std::errc() || end != value.data() + value.size())
    return Error{"", fmt::format("'{}' is not a number", value)};
  line.options.maxDescriptors = count;
  return {};
}

Result<void> setDeterministic(CommandLine& line, std::string_view) {
  line.options.compilerOptions.push_back("--deterministic");
  return {};
}

// Passes an option to the compiler, which checks its value. Each option needs a function, as the
// table below contains function pointers.
Result<void> passOn(CommandLine& line, const char* option, std::string_view value) {
  line.options.compilerOptions.push_back(fmt::format("{}{}", option, value));
  return {};
}
Result<void> passOnLevel(CommandLine& line, std::string_view value) {
  return passOn(line, "-O", value);
}
Result<void> passOnCpu(CommandLine& line, std::string_view value) {
  return passOn(line, "--cpu=", value);
}
Result<void> passOnFeatures(CommandLine& line, std::string_view value) {
  return passOn(line, "--cpu-features=", value);
}
Result<void> passOnBounds(CommandLine& line, std::string_view value) {
  return passOn(line, "--bounds=", value);
}

Result<void> setWasiTrace(CommandLine& line, std::string_view) {
  line.options.tracesWasi = true;
  return {};
}

// The number of -v from which on WASI calls are printed.
constexpr int kTraceVerbosity = 2;

Result<void> addVerbosity(CommandLine& line, std::string_view) {
  if (++line.options.verbosity >= kTraceVerbosity) line.options.tracesWasi = true;
  return {};
}

// Sets the limit that the template argument selects, in bytes or elements.
template <uint64_t runtime::Limits::*limit>
Result<void> setLimit(CommandLine& line, std::string_view value) {
  TRY_ASSIGN(line.options.limits.*limit, parseSize(value));
  return {};
}

// A row of the table of options.
struct Option {
  const char* name;   // after "--"; empty if the option has a letter only
  char letter;        // after "-", or 0
  const char* value;  // its name in the help; null for a flag
  const char* help;
  Result<void> (*apply)(CommandLine& line, std::string_view value);
};

constexpr Option kOptions[] = {
    {"dir", 0, "HOST[::GUEST][:ro]",
     "Grant a directory, under the name GUEST (default: HOST); :ro for reading only", addDirectory},
    {"env", 0, "NAME[=VALUE]",
     "Set a variable of the guest's environment; without a value, to what it is here", addVariable},
    {"inherit-env", 0, nullptr, "Set all variables that are set here, but for those of --env",
     setInheritEnvironment},
    {"listen", 0, "ADDRESS",
     "Listen on HOST:PORT, [IPV6]:PORT or unix:PATH; the guest finds the socket behind the "
     "directories",
     addListener},
    {"argv0", 0, "NAME", "The guest's argument 0 (default: the file's name)", setArgv0},
    {"invoke", 0, "NAME",
     "Call this export with ARGS (a v128: i32x4:1,2,3,4) and print its results, instead of _start",
     setInvoke},
    {"string-constants", 0, "NAME",
     "Globals imported from the module NAME are strings: their names (default: ')",
     setStringConstants},
    {"max-memory", 0, "SIZE", "What its memories may have (default: 16G)",
     setLimit<&runtime::Limits::memoryBytes>},
    {"max-table-elements", 0, "NUMBER", "What its tables may have (default: 10000000)",
     setLimit<&runtime::Limits::tableElements>},
    {"max-gc-heap", 0, "SIZE",
     "What its garbage-collected objects may have (default: half of the memory of this machine)",
     setLimit<&runtime::Limits::heapBytes>},
    {"max-host-memory", 0, "SIZE", "What memories, tables and instances may take (default: 17G)",
     setLimit<&runtime::Limits::hostBytes>},
    {"max-files", 0, "COUNT", "How many files the guest may have open at a time (default: 1024)",
     setMaxDescriptors},
    {"", 'O', "LEVEL", "Compile at this level: 0, 1, 2 (the default), 3, s", passOnLevel},
    {"cpu", 0, "NAME", "Compile for this CPU (default: native)", passOnCpu},
    {"cpu-features", 0, "LIST", "Compile with or without these features of the CPU: +avx2,-fma",
     passOnFeatures},
    {"bounds", 0, "HOW",
     "Keep memory accesses inside by guard pages (guard) or compares (explicit)", passOnBounds},
    {"deterministic", 0, nullptr, "Compile so that it computes the same on every machine",
     setDeterministic},
    {"gc-stress", 0, nullptr, "Collect garbage at every allocation, to find errors", setGcStress},
    {"no-cache", 0, nullptr, "Compile anew, and keep nothing", setNoCache},
    {"wasi-trace", 0, nullptr, "Print every WASI call and what came of it", setWasiTrace},
    {"verbose", 'v', nullptr, "Say what is done; twice, with --wasi-trace", addVerbosity},
    {"version", 0, nullptr, "Print the version", setVersion},
    {"help", 'h', nullptr, "Print this help", setHelp},
};

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

// Returns the spelling of an option in the help: "-v, --verbose".
std::string spell(const Option& option) {
  std::string letter = option.letter == 0 ? "" : fmt::format("-{}", option.letter);
  if (option.name[0] == '\0') return letter;
  return fmt::format("{}{}--{}", letter, letter.empty() ? "" : ", ", option.name);
}

// An option of other runtimes and compilers, and the advice for users who expect it here.
struct Foreign {
  std::string_view name;  // without dashes and value
  std::string_view advice;
};

constexpr std::string_view kUseDir = "directories are granted with --dir HOST::GUEST";
constexpr std::string_view kUseCpu = "the CPU is chosen with --cpu NAME";
constexpr std::string_view kUseCompiler = "wasm2obj makes object files and assembly, with --emit";

constexpr Foreign kForeign[] = {
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
    {"fuel",
     "there is no such limit; timeout(1) ends a program after a time, ulimit -t one that "
     "computes too long"},
    {"timeout", "timeout(1) ends a program after a time: timeout 10s wasmrun ..."},
};

// Returns the error for a word that is no option, with advice if the intention can be inferred.
Error unknownOption(std::string_view word) {
  // A word such as "---" has nothing after its dashes.
  std::string_view name = word.substr(std::min(word.find_first_not_of('-'), word.size()));
  name = name.substr(0, name.find('='));
  for (const Foreign& foreign : kForeign)
    if (foreign.name == name)
      return Error{std::string(word), fmt::format("no such option; {}", foreign.advice)};
  std::vector<std::string_view> names;
  for (const Option& option : kOptions)
    if (option.name[0] != '\0') names.emplace_back(option.name);
  auto meant = base::nearest(name, names);
  return Error{std::string(word),
               meant ? fmt::format("no such option; --{} may be meant", *meant) : "no such option"};
}

Result<void> setHelp(CommandLine& line, std::string_view) {
  fmt::print("{}{}", kUsage, kIntroduction);
  for (const Option& option : kOptions) {
    std::string value = option.value == nullptr ? "" : fmt::format(" {}", option.value);
    fmt::print("  {:26} {}\n", spell(option) + value, option.help);
  }
  line.exitStatus = kSuccess;
  return {};
}

// Parses the words up to the module. The words after it belong to the guest.
class Parser {
 public:
  Parser(int argc, char** argv) : words_(argv + 1, argv + std::max(argc, 1)) {}

  Result<CommandLine> run() {
    // A single dash is the module on standard input, and two dashes end the options.
    while (!line_.exitStatus && hasWord() && word().size() > 1 && word()[0] == '-') {
      std::string_view text = next();
      if (text == "--") break;
      TRY(text[1] == '-' ? takeLong(text.substr(2)) : takeLetters(text));
    }
    if (line_.exitStatus) return std::move(line_);
    if (!hasWord() && looksLikeModule(lastValue_))
      return Error{"", fmt::format("which module? '{}' is taken as an option's value. {}",
                                   lastValue_, kUsage)};
    if (!hasWord()) return Error{"", fmt::format("which module? {}", kUsage)};
    line_.options.module = next();
    line_.options.arguments.assign(words_.begin() + static_cast<ptrdiff_t>(at_), words_.end());
    return std::move(line_);
  }

 private:
  bool hasWord() const { return at_ < words_.size(); }
  const std::string& word() const { return words_[at_]; }
  const std::string& next() { return words_[at_++]; }

  // Parses a long option without its dashes: "name", "name=value", or "name" with its value in the
  // next word.
  Result<void> takeLong(std::string_view text) {
    size_t equals = text.find('=');
    std::string_view name = text.substr(0, equals);
    for (const Option& option : kOptions) {
      // Options with a letter only have an empty name, which is not the one of "--=value".
      if (name.empty() || name != option.name) continue;
      bool hasValue = equals != text.npos;
      if (option.value == nullptr) {
        if (hasValue) return Error{fmt::format("--{}", name), "takes no value"};
        return option.apply(line_, "");
      }
      return takeValue(option, fmt::format("--{}", name),
                       hasValue ? std::optional(text.substr(equals + 1)) : std::nullopt);
    }
    return unknownOption(fmt::format("--{}", name));
  }

  // Parses letters after one dash: flags, of which the last may be an option with a value, in the
  // same word or the next: "-v", "-vv", "-O2", "-O 2".
  Result<void> takeLetters(std::string_view word) {
    for (size_t i = 1; i < word.size(); ++i) {
      const Option* found = nullptr;
      for (const Option& option : kOptions)
        if (option.letter == word[i]) found = &option;
      if (found == nullptr && i == 1) return unknownOption(word);
      if (found == nullptr) return unknownOption(fmt::format("-{}", word[i]));
      if (found->value != nullptr) {
        std::string_view rest = word.substr(i + 1);
        return takeValue(*found, fmt::format("-{}", word[i]),
                         rest.empty() ? std::nullopt : std::optional(rest));
      }
      TRY(found->apply(line_, ""));
    }
    return {};
  }

  // Applies an option with `value`, or with the next word if that is absent.
  Result<void> takeValue(const Option& option, const std::string& name,
                         std::optional<std::string_view> value) {
    if (!value && !hasWord()) return Error{name, fmt::format("expects {}", option.value)};
    lastValue_ = value ? std::string_view() : word();
    // The functions of the table have no access to the name as the user has written it.
    auto applied = option.apply(line_, value ? *value : next());
    if (!applied) return Error{name, applied.error().message};
    return {};
  }

  std::vector<std::string> words_;
  size_t at_ = 0;
  std::string_view lastValue_;  // the last word that was used as the value of an option, for errors
  CommandLine line_;
};

}  // namespace

Result<uint64_t> parseSize(std::string_view text) {
  constexpr std::string_view kUnits = "KMG";
  uint64_t number = 0;
  const char* end = text.data() + text.size();
  auto [rest, error] = std::from_chars(text.data(), end, number);
  unsigned shift = 0;
  if (rest != end && error == std::errc{}) {
    size_t unit = kUnits.find(*rest);
    if (unit != kUnits.npos) {
      shift = 10 * (static_cast<unsigned>(unit) + 1);
      ++rest;
    }
  }
  if (error != std::errc{} || rest != end || number > UINT64_MAX >> shift)
    return Error{"", fmt::format("'{}' is not a number, with K, M or G behind it or not", text)};
  return number << shift;
}

Result<GrantedDirectory> parseDirectory(std::string_view text) {
  constexpr std::string_view kReadOnly = ":ro";
  constexpr std::string_view kBetween = "::";
  GrantedDirectory directory;
  std::string_view rest = text;
  directory.isReadOnly = rest.ends_with(kReadOnly);
  if (directory.isReadOnly) rest.remove_suffix(kReadOnly.size());
  size_t between = rest.find(kBetween);
  directory.hostPath = rest.substr(0, between);
  directory.guestPath =
      between == rest.npos ? directory.hostPath : rest.substr(between + kBetween.size());
  if (directory.hostPath.empty() || directory.guestPath.empty())
    return Error{"", fmt::format("'{}' is not HOST, HOST::GUEST or either with :ro", text)};
  return directory;
}

Result<CommandLine> parseCommandLine(int argc, char** argv) { return Parser(argc, argv).run(); }

}  // namespace run
