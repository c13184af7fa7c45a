#include "compiler/driver/options.h"

#include <fmt/format.h>
#include <llvm/Config/llvm-config.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <string_view>
#include <thread>

#include "compiler/driver/input.h"
#include "compiler/driver/version.h"

namespace driver {
namespace {

constexpr int kUsageError = 2;

struct EmitName {
  const char* kind;       // of --emit
  const char* extension;  // of -o
  Emit emit;
};

constexpr EmitName kEmitNames[] = {
    {"so", "so", Emit::SharedObject}, {"obj", "o", Emit::Object},
    {"asm", "s", Emit::Assembly},     {"llvm-ir", "ll", Emit::LlvmIr},
    {"llvm-bc", "bc", Emit::Bitcode}, {"wat", "wat", Emit::Text},
    {"wasm", "wasm", Emit::Binary},
};

const EmitName* findEmit(const std::string& name) {
  for (const EmitName& row : kEmitNames) {
    if (name == row.kind || name == row.extension) return &row;
  }
  return nullptr;
}

std::string extensionOf(const std::string& path) {
  size_t slash = path.rfind('/');
  size_t dot = path.rfind('.');
  bool hasDot = dot != std::string::npos && (slash == std::string::npos || dot > slash);
  return hasDot ? path.substr(dot + 1) : "";
}

// "dir/app.wasm" -> "app"; standard input is "a".
std::string stemOf(const std::string& path) {
  if (path == kStandardInput) return "a";
  std::string name = path.substr(path.rfind('/') + 1);
  size_t dot = name.rfind('.');
  return dot == std::string::npos || dot == 0 ? name : name.substr(0, dot);
}

// Settles kind and name of the output from what was given of them.
void chooseOutput(Options& options, const std::string& kind) {
  const EmitName* row = nullptr;
  if (!kind.empty()) {
    row = findEmit(kind);
    if (row == nullptr) {
      throw CLI::ValidationError("--emit", fmt::format("'{}' is not a kind of output; expected so, "
                                                       "obj, asm, llvm-ir, llvm-bc, wat or wasm",
                                                       kind));
    }
  } else if (options.output.empty()) {
    row = findEmit("so");
  } else {
    row = findEmit(extensionOf(options.output));
    if (row == nullptr) {
      throw CLI::ValidationError("-o",
                                 fmt::format("cannot tell the kind of output from '{}'; name "
                                             "it .so, .o, .s, .ll, .bc, .wat or .wasm, or give "
                                             "--emit",
                                             options.output));
    }
  }
  options.emit = row->emit;
  if (!options.output.empty()) return;
  options.output = stemOf(options.input) + "." + row->extension;
  std::error_code ignored;
  if (std::filesystem::equivalent(options.input, options.output, ignored)) {
    throw CLI::ValidationError(
        "-o", fmt::format("'{}' would be replaced; name the output", options.input));
  }
}

template <class T>
struct Choice {
  std::string_view name;
  T value;
};

constexpr Choice<codegen::OptLevel> kOptLevels[] = {
    {"0", codegen::OptLevel::O0}, {"1", codegen::OptLevel::O1}, {"2", codegen::OptLevel::O2},
    {"3", codegen::OptLevel::O3}, {"s", codegen::OptLevel::Os},
};

constexpr Choice<codegen::Bounds> kBounds[] = {
    {"guard", codegen::Bounds::Guard},
    {"explicit", codegen::Bounds::Explicit},
};

// Adds an option whose value is one of a few words.
template <class T, size_t N>
void addChoice(CLI::App& app, const char* option, T& target, const Choice<T> (&choices)[N],
               const char* description) {
  auto choose = [&target, &choices, option](const std::string& word) {
    std::string expected;
    for (const Choice<T>& choice : choices) {
      if (choice.name == word) {
        target = choice.value;
        return;
      }
      expected += fmt::format("{}{}", expected.empty() ? "" : ", ", choice.name);
    }
    throw CLI::ValidationError(
        option, fmt::format("'{}' is not one of its values; expected one of {}", word, expected));
  };
  app.add_option_function<std::string>(option, choose, description);
}

std::string versionText() {
  return fmt::format("wasm2obj {} (LLVM {})", kVersion, LLVM_VERSION_STRING);
}

}  // namespace

CommandLine parseCommandLine(int argc, char** argv) {
  CommandLine line;
  Options& options = line.options;
  options.jobs = std::max(1u, std::thread::hardware_concurrency());
  std::string kind;

  CLI::App app{"Compiles a WebAssembly module to native code.", "wasm2obj"};
  app.set_version_flag("--version", versionText());
  app.add_option("input", options.input,
                 "The module: a .wasm or .wat file, or - for standard input");
  app.add_option(
      "-o", options.output,
      "Output file; .so (the default), .o, .s, .ll, .bc, .wat or .wasm tells the kind; - is "
      "standard output");
  app.add_option("--emit", kind,
                 "Kind of output: so, obj, asm, llvm-ir, llvm-bc, or the module itself: wat, wasm");
  addChoice(app, "-O", options.codegen.optLevel, kOptLevels,
            "Optimisation: -O0, -O1, -O2 (the default), -O3, -Os");
  app.add_option("--cpu", options.codegen.cpu,
                 "CPU to compile for: 'native' (the default), or a name that LLVM knows, such as "
                 "x86-64-v2");
  app.add_option("--cpu-features", options.codegen.features,
                 "Features of the CPU to add or leave out, such as +avx2,-fma");
  app.add_option("--target", options.codegen.triple,
                 "Target to compile for: x86_64-linux-gnu or aarch64-linux-gnu");
  addChoice(app, "--bounds", options.codegen.bounds, kBounds,
            "How memory accesses are kept inside: 'guard' pages (the default), or 'explicit' "
            "compares");
  app.add_option("-j", options.jobs, "Threads to use; does not change the output")
      ->check(CLI::Range(1, 1024));
  app.add_flag("-v,--verbose", options.isVerbose, "Say what is done");
  app.add_flag("--time-phases", options.timePhases, "Report the time that each phase took");

  CLI::App* validate =
      app.add_subcommand("validate", "Says which of the files are not valid modules");
  validate->add_option("files", line.toValidate, "Modules; - is standard input")->required();

  try {
    app.parse(argc, argv);
    if (!validate->parsed()) {
      if (options.input.empty()) throw CLI::RequiredError("input");
      chooseOutput(options, kind);
    }
  } catch (const CLI::Success& success) {
    line.shouldExit = true;
    line.exitStatus = app.exit(success);
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "wasm2obj: error: {}\nRun 'wasm2obj --help' for usage.\n", error.what());
    line.shouldExit = true;
    line.exitStatus = kUsageError;
  }
  return line;
}

}  // namespace driver
