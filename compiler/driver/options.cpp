#include "compiler/driver/options.h"

#include <fmt/format.h>
#include <llvm/Config/llvm-config.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <string_view>
#include <thread>

#include "compiler/c_interface/c_interface.h"
#include "compiler/driver/codegen_options.h"
#include "compiler/driver/input.h"
#include "compiler/driver/version.h"
#include "loader/options/guest_options.h"
#include "runtime/abi/linked_module.h"
#include "runtime/base/nearest.h"

namespace driver {
namespace {

constexpr int kUsageError = 2;
constexpr char kUsage[] = "Usage: wasm2obj [OPTIONS] INPUT";

// A kind of output by its names. findEmit() accepts both names.
struct EmitName {
  const char* kind;       // of --emit
  const char* extension;  // of -o; a name without one is that of an executable
  Emit emit;
};

constexpr EmitName kEmitNames[] = {
    {"so", "so", Emit::SharedObject}, {"exe", "", Emit::Executable},
    {"obj", "o", Emit::Object},       {"asm", "s", Emit::Assembly},
    {"llvm-ir", "ll", Emit::LlvmIr},  {"llvm-bc", "bc", Emit::Bitcode},
    {"wat", "wat", Emit::Text},       {"wasm", "wasm", Emit::Binary},
    {"header", "h", Emit::Header},
};

const EmitName* findEmit(const std::string& name) {
  for (const EmitName& row : kEmitNames) {
    if (name == row.kind || name == row.extension) return &row;
  }
  return nullptr;
}

// Returns the words for --emit with bars between them.
std::string emitNames() {
  std::string names = "obj,header";
  for (const EmitName& row : kEmitNames) names += fmt::format("|{}", row.kind);
  return names;
}

// Returns the part after the last dot of the file name; empty if there is none.
std::string extensionOf(const std::string& path) {
  size_t slash = path.rfind('/');
  size_t dot = path.rfind('.');
  bool hasDot = dot != std::string::npos && (slash == std::string::npos || dot > slash);
  return hasDot ? path.substr(dot + 1) : "";
}

// Returns the file name without its extension: "dir/app.wasm" gives "app". A leading dot starts no
// extension. The stem of standard input is "a".
std::string stemOf(const std::string& path) {
  if (path == base::kStandardInput) return "a";
  std::string name = path.substr(path.rfind('/') + 1);
  size_t dot = name.rfind('.');
  return dot == std::string::npos || dot == 0 ? name : name.substr(0, dot);
}

// Removes ",header" from a kind of output. Returns whether it was there.
bool takeHeader(std::string& kind) {
  constexpr std::string_view kHeader = ",header";
  bool hasHeader = kind.ends_with(kHeader);
  if (hasHeader) kind.resize(kind.size() - kHeader.size());
  return hasHeader;
}

// Returns the path with another extension, or with one if it has none.
std::string withExtension(const std::string& path, std::string_view extension) {
  std::string old = extensionOf(path);
  std::string stem = old.empty() ? path : path.substr(0, path.size() - old.size() - 1);
  return fmt::format("{}.{}", stem, extension);
}

// Chooses the name of the functions for C: that of -n, or else of the output.
void chooseCName(Options& options, bool hasHeader) {
  if (options.emit != Emit::Object && options.emit != Emit::Header) {
    if (hasHeader) throw CLI::ValidationError("--emit", "only an object file has a header");
    if (!options.codegen.c.instanceModules.empty()) {
      throw CLI::ValidationError("--import-instance", "only object files have such imports");
    }
    if (options.codegen.c.name.empty()) return;
    throw CLI::ValidationError("-n", "only object files and headers have such a name");
  }
  std::string& name = options.codegen.c.name;
  if (name.empty()) name = c_interface::prefixFor(stemOf(options.output));
  if (name != c_interface::identifier(name)) {
    throw CLI::ValidationError("-n", fmt::format("'{}' is not an identifier of C", name));
  }
  if (name != c_interface::prefixFor(name)) {
    throw CLI::ValidationError("-n",
                               fmt::format("'{}': names that begin with two underscores are the "
                                           "compiler's, those with wasm2obj are libwasmrt's",
                                           name));
  }
  options.codegen.linkedSymbol = c_interface::moduleSymbol(name);
  if (!hasHeader && options.emit == Emit::Object) return;
  bool isNamed = options.output != base::kStandardInput;
  options.header = isNamed ? withExtension(options.output, "h") : options.output;
  if (!isNamed) return;
  // The one for C++ includes the other.
  std::string_view file = std::string_view(options.header).substr(options.header.rfind('/') + 1);
  if (file.find_first_of("\"\\\n") != file.npos) {
    throw CLI::ValidationError("-o",
                               "the name of a header cannot have quotes, backslashes or line "
                               "breaks");
  }
  options.cppHeader = withExtension(options.output, "hpp");
}

// Determines the kind and the name of the output. --emit takes precedence over the extension of -o;
// without both, the output is a shared object. Throws CLI::ValidationError.
void chooseOutput(Options& options, const std::string& kind) {
  const EmitName* row = nullptr;
  if (!kind.empty()) {
    row = findEmit(kind);
    if (row == nullptr) {
      throw CLI::ValidationError("--emit", fmt::format("'{}' is not a kind of output; expected so, "
                                                       "exe, obj, header, asm, llvm-ir, llvm-bc, "
                                                       "wat or wasm",
                                                       kind));
    }
  } else if (options.output.empty()) {
    row = findEmit("so");
  } else {
    bool isNamed = options.output != base::kStandardInput;
    if (isNamed) row = findEmit(extensionOf(options.output));
    if (row == nullptr) {
      throw CLI::ValidationError("-o",
                                 fmt::format("cannot tell the kind of output from '{}'; name "
                                             "it .so, .o, .s, .ll, .bc, .wat or .wasm, without "
                                             "extension for an executable, or give --emit",
                                             options.output));
    }
  }
  options.emit = row->emit;
  if (!options.output.empty()) return;
  options.output = options.codegen.c.name.empty() ? stemOf(options.input) : options.codegen.c.name;
  if (row->extension[0] != '\0') options.output += fmt::format(".{}", row->extension);
  // A default name must not replace the input, as `--emit wasm app.wasm` would.
  std::error_code ignored;
  if (std::filesystem::equivalent(options.input, options.output, ignored)) {
    throw CLI::ValidationError(
        "-o", fmt::format("'{}' would be replaced; name the output", options.input));
  }
}

// Adds the options that an executable has for its guest. They are checked and kept as words.
// `scratch` must outlive the parsing.
void addGuestOptions(CLI::App& app, std::vector<std::string>& words, options::GuestOptions& scratch,
                     const char* group) {
  for (const options::Option& option :
       options::guestOptions(scratch, options::UnsetVariable::Omitted)) {
    std::string name = fmt::format("--{}", option.name);
    auto take = [&words, name, option](const std::string& value) {
      auto applied = option.apply(value);
      if (!applied) throw CLI::ValidationError(name, applied.error().message);
      words.push_back(option.value == nullptr ? name : fmt::format("{}={}", name, value));
    };
    CLI::Option* added = nullptr;
    if (option.value == nullptr) {
      added = app.add_flag_callback(
          name, [take] { take(""); }, option.help);
    } else {
      auto takeAll = [take](const std::vector<std::string>& values) {
        std::ranges::for_each(values, take);
      };
      added = app.add_option_function<std::vector<std::string>>(name, takeAll, option.help)
                  ->type_name(option.value)
                  ->allow_extra_args(false);
    }
    added->group(group);
  }
}

// Completes what the options for the guest of an executable demand of its code.
void completeGuestOptions(Options& options, const options::GuestOptions& guest) {
  if (guest.fuel) options.codegen.countsFuel = true;
}

// Throws CLI::ValidationError if other outputs than executables have options for a guest.
void checkGuestOptions(const Options& options) {
  if (options.emit == Emit::Executable || options.guestWords.empty()) return;
  throw CLI::ValidationError(
      options.guestWords.front(),
      "only executables have such an option; other modules get it from wasmrun");
}

// An option or command of other compilers and runtimes, and the advice to print for it.
struct Foreign {
  std::string_view word;  // up to an equals sign
  std::string_view advice;
};

constexpr std::string_view kUseCpu = "the CPU is chosen with --cpu NAME";

constexpr Foreign kForeignOptions[] = {
    {"-march", kUseCpu},
    {"-mcpu", kUseCpu},
    {"-mtune", kUseCpu},
    {"-c", "object files are made with -o NAME.o"},
    {"-S", "assembly is made with -o NAME.s"},
    {"-g", "names of functions are in the output always"},
    {"-V", "the version is printed with --version"},
    {"-W", "there are no warnings"},
};

constexpr Foreign kForeignCommands[] = {
    {"compile", "no command is needed to compile"},
    {"build", "no command is needed to compile"},
    {"run", "wasmrun runs modules"},
    {"help", "see wasm2obj --help"},
};

// Returns the error message for a word that CLI11 does not recognize. `input` is the word that
// CLI11 has stored as the module, which may be a command of another program.
std::string explainExtra(const CLI::App& app, const std::string& word, const std::string& input) {
  // A single dash is standard input.
  if (word[0] != '-' || word == base::kStandardInput) {
    for (const Foreign& command : kForeignCommands)
      if (command.word == input)
        return fmt::format("there is no command '{}': {}. {}", input, command.advice, kUsage);
    return fmt::format("one module at a time: '{}' is a second one. {}", word, kUsage);
  }
  std::string_view name = std::string_view(word).substr(0, word.find('='));
  for (const Foreign& option : kForeignOptions)
    if (option.word == name || (name.size() > 2 && option.word == "-W" && name.starts_with("-W")))
      return fmt::format("{}: no such option; {}", word, option.advice);
  std::vector<std::string_view> known;
  for (const CLI::Option* option : app.get_options())
    for (const std::string& each : option->get_lnames()) known.emplace_back(each);
  // A word such as "---" has nothing after its dashes.
  auto meant =
      base::nearest(name.substr(std::min(name.find_first_not_of('-'), name.size())), known);
  return meant ? fmt::format("{}: no such option; --{} may be meant", word, *meant)
               : fmt::format("{}: no such option", word);
}

// Prints a usage error and makes the program exit.
void refuse(CommandLine& line, const std::string& message) {
  fmt::print(stderr, "wasm2obj: error: {}\nRun 'wasm2obj --help' for usage.\n", message);
  line.shouldExit = true;
  line.exitStatus = kUsageError;
}

std::string versionText() {
  return fmt::format("wasm2obj {} (LLVM {})", kVersion, LLVM_VERSION_STRING);
}

// Adds --time-phases, which may be given a format.
void addTimePhases(CLI::App& app, std::string& format) {
  auto check = [](std::string& text) -> std::string {
    if (text == "true") text = "text";  // for none, as CLI11 reads flags
    return text == "text" || text == "json" ? "" : text + " is neither text nor json";
  };
  app.add_flag("--time-phases", format,
               "Report the time that each phase took; --time-phases=json as JSON")
      ->transform(CLI::Validator(check, ""))
      ->type_name("");
}

// Adds the options of the compiler itself, among them --emit, whose value is stored in `kind`.
void addOwnOptions(CLI::App& app, Options& options, std::string& kind) {
  app.add_option("input", options.input,
                 "The module: a .wasm or .wat file, or - for standard input")
      ->type_name("FILE");
  app.add_option("--input-name", options.inputName,
                 "What messages call the module (default: its path)")
      ->type_name("NAME");
  app.add_option(
         "-o", options.output,
         "Output file; .so (the default), .o, .h, .s, .ll, .bc, .wat or .wasm tells the kind, a "
         "name without extension that of an executable; - is standard output")
      ->type_name("FILE");
  app.add_option("--emit", kind,
                 "Kind of output; a header is .h and .hpp, wat and wasm are the module itself")
      ->type_name(emitNames());
  app.add_option("-n", options.codegen.c.name,
                 "What begins the names of an object file's functions for C (default: the output's "
                 "name)")
      ->type_name("NAME");
  app.add_option("--import-instance", options.codegen.c.instanceModules,
                 "A module whose imports come from an instance that the program gives, of another "
                 "module; may be repeated")
      ->type_name("MODULE")
      ->allow_extra_args(false);
  addCodegenOptions(app, options.codegen);
  app.add_option("-j", options.jobs, "Threads to use, 1 to 1024; does not change the output")
      ->check(CLI::Range(1, 1024).description(""))
      ->type_name("COUNT");
  app.add_flag("-v,--verbose", options.isVerbose, "Say what is done");
  addTimePhases(app, options.timePhases);
  app.add_flag("--time-passes", options.timePasses,
               "Report the processor time of each of LLVM's passes, and use one thread");
  app.add_option(
         "--runtime-dir", options.runtimeDirectory,
         "Where the runtimes of executables are (default: lib/wasm2obj of the installation)")
      ->type_name("DIRECTORY");
}

// Adds the options of `wasm2obj snapshot`.
void addSnapshotOptions(CLI::App& app, snapshot::Options& options) {
  app.add_option("arguments", options.arguments,
                 "The guest's arguments, behind --; its argument 0 is the module's name")
      ->type_name("TEXT");
  app.add_option("--init", options.initializer,
                 "The exported function to call (default: wizer-initialize; _initialize is called "
                 "in any case)")
      ->type_name("NAME");
  app.add_flag("--keep-init", options.keepsInitializer,
               "Leave the functions exported that have been called");
  auto rename = [&options](const std::vector<std::string>& texts) {
    for (const std::string& text : texts) {
      size_t equals = text.find('=');
      if (equals == text.npos)
        throw CLI::ValidationError("--rename", fmt::format("'{}' is not NEW=OLD", text));
      options.renames.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    }
  };
  app.add_option_function<std::vector<std::string>>(
         "--rename", rename, "Export the function OLD as NEW, such as _start=resume")
      ->type_name("NEW=OLD")
      ->allow_extra_args(false);
}

// Adds the commands that do not compile, and returns them.
std::vector<CLI::App*> addOtherCommands(CLI::App& app, CommandLine& line) {
  CLI::App* validate =
      app.add_subcommand("validate", "Says which of the files are not valid modules");
  validate->add_option("files", line.toValidate, "Modules; - is standard input")
      ->type_name("FILE")
      ->required();

  CLI::App* inspect =
      app.add_subcommand("inspect", "Tells what is in a compiled module (.so, .o, executable)");
  inspect->add_option("file", line.toInspect, "The compiled module")->type_name("FILE")->required();
  inspect->add_flag("--json", line.asJson, "As a JSON object");
  inspect
      ->add_option("--key", line.knownKeys,
                   "A public key (PEM); exit with 1 unless one of those given has signed the file")
      ->type_name("PUBLIC.pem")
      ->allow_extra_args(false);

  CLI::App* sign = app.add_subcommand(
      "sign", "Signs a compiled module (.so) for wasmrun --require-signature, with Ed25519");
  sign->add_option("file", line.toSign.file, "The compiled module")->type_name("FILE")->required();
  sign->add_option("--key", line.toSign.key,
                   "The private key (PEM), which openssl genpkey -algorithm ed25519 makes")
      ->type_name("PRIVATE.pem")
      ->required();
  sign->add_option("-o", line.toSign.output, "Output file (default: the file itself)")
      ->type_name("FILE");
  return {validate, inspect, sign};
}

// Determines what depends on several options, once all have been read.
void complete(Options& options, std::string& kind) {
  if (options.input.empty()) {
    throw CLI::ParseError(fmt::format("which module? {}", kUsage), CLI::ExitCodes::RequiredError);
  }
  bool hasHeader = takeHeader(kind);
  chooseOutput(options, kind);
  chooseCName(options, hasHeader);
  if (options.timePasses) {
    options.jobs = 1;
    if (options.timePhases.empty()) options.timePhases = "text";
  }
  if (options.emit == Emit::Executable) options.codegen.linkedSymbol = abi::kProgramSymbol;
}

// Makes the options of a snapshot complete. The guest's options are those of the initializer.
void completeSnapshot(Options& options, snapshot::Options snapshot, options::GuestOptions guest) {
  if (!guest.listenAddresses.empty()) {
    throw CLI::ValidationError("--listen", "a snapshot keeps no sockets");
  }
  options.guestWords.clear();
  snapshot.guest = std::move(guest);
  snapshot.arguments.insert(snapshot.arguments.begin(),
                            snapshot.guest.argv0.value_or(stemOf(options.input) + ".wasm"));
  options.snapshot = std::move(snapshot);
}

}  // namespace

CommandLine parseCommandLine(int argc, char** argv) {
  CommandLine line;
  Options& options = line.options;
  options::GuestOptions guest;
  // hardware_concurrency() returns 0 if the number is unknown.
  options.jobs = std::max(1u, std::thread::hardware_concurrency());
  std::string kind;

  CLI::App app{"Compiles a WebAssembly module to native code.", "wasm2obj"};
  app.set_version_flag("--version", versionText());
  addOwnOptions(app, options, kind);
  addGuestOptions(app, options.guestWords, guest,
                  "What executables give to their guest, like wasmrun");

  snapshot::Options snapshot;
  CLI::App* snap = app.add_subcommand(
      "snapshot", "Runs a module's initializer and compiles the state that it leaves");
  addOwnOptions(*snap, options, kind);
  addSnapshotOptions(*snap, snapshot);
  addGuestOptions(*snap, options.guestWords, guest, "What the initializer is given, like wasmrun");

  std::vector<CLI::App*> others = addOtherCommands(app, line);

  try {
    app.parse(argc, argv);
    if (line.toSign.output.empty()) line.toSign.output = line.toSign.file;
    if (std::ranges::none_of(others, [](const CLI::App* other) { return other->parsed(); })) {
      complete(options, kind);
      if (snap->parsed()) {
        completeSnapshot(options, std::move(snapshot), std::move(guest));
      } else {
        checkGuestOptions(options);
        completeGuestOptions(options, guest);
      }
    }
    // --help and --version are exceptions as well.
  } catch (const CLI::Success& success) {
    line.shouldExit = true;
    line.exitStatus = app.exit(success);
  } catch (const CLI::ExtrasError&) {
    refuse(line, explainExtra(app, app.remaining(true).front(), options.input));
  } catch (const CLI::ParseError& error) {
    refuse(line, error.what());
  }
  return line;
}

}  // namespace driver
