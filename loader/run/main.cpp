#include <fmt/format.h>

#include <cstdio>

#include "loader/embed/module_of_image.h"
#include "loader/program/exit_codes.h"
#include "loader/program/process.h"
#include "loader/program/program.h"
#include "loader/program/threaded_run.h"
#include "loader/run/invoke.h"
#include "loader/run/link_libraries.h"
#include "loader/run/open_module.h"
#include "loader/run/resolve_host.h"

namespace {

constexpr char kName[] = "wasmrun";

std::string fileName(const std::string& path) { return path.substr(path.rfind('/') + 1); }

// The modules of the command line besides the one to run.
struct OtherModules {
  std::vector<program::Preload> preloads;
  std::vector<program::Preload> libraries;
};

program::Program makeProgram(const run::Options& options, OtherModules others) {
  program::ProgramOptions program;
  program.preloads = std::move(others.preloads);
  program.openable = std::move(others.libraries);
  program.guest = options.guest;
  program.name = kName;
  program.module = options.module;
  program.linkLibraries = run::linkLibraries;
  program.runThreads = program::runThreads;
  program.resolveHost = run::resolveHost;
  program.isVerbose = options.verbosity > 0;
  program.arguments = {options.guest.argv0.value_or(fileName(options.module))};
  // With --invoke, the words are arguments of the function instead.
  if (!options.invoke) {
    program.arguments.insert(program.arguments.end(), options.arguments.begin(),
                             options.arguments.end());
  }
  return program::Program(std::move(program));
}

// Returns the modules of some files. An Error is as openModule() returns it.
base::Result<std::vector<program::Preload>> openFiles(
    const run::Options& options, const std::vector<run::PreloadedFile>& files) {
  std::vector<program::Preload> preloads;
  for (const auto& [name, path] : files) {
    TRY_ASSIGN(auto image, run::openModule(options, path));
    auto module = embed::moduleOf(image);
    if (!module) return base::Error{path, module.error().text()};
    preloads.push_back({name, path, std::move(*module)});
  }
  return preloads;
}

base::Result<OtherModules> openOthers(const run::Options& options) {
  OtherModules others;
  TRY_ASSIGN(others.preloads, openFiles(options, options.preloads));
  TRY_ASSIGN(others.libraries, openFiles(options, options.libraries));
  return others;
}

// Ends the process, or returns the exit code for a module that cannot be run.
int runModule(const run::Options& options, OtherModules others,
              const std::shared_ptr<loader::Image>& image) {
  program::Program program = makeProgram(options, std::move(others));
  if (options.verbosity > 0 && image->cpus().size() > 1) {
    fmt::print(stderr, "{}: of the code for {}, runs that for {}\n", kName,
               fmt::join(image->cpus(), ", "), image->cpus()[image->chosenCpu()]);
  }
  auto module = embed::moduleOf(image);
  if (!module) return program.endOf(module.error());
  program.run(std::move(*module), [&](const program::Program&, const runtime::Instance& instance) {
    return options.invoke ? run::invoke(program, instance, *options.invoke, options.arguments)
                          : program.callStart(instance);
  });
}

// Returns the exit code for a module that cannot be opened.
int failToOpen(const base::Error& error) {
  // The compiler has printed errors without a text.
  if (!error.text().empty()) program::printError(kName, error);
  return program::kFailure;
}

}  // namespace

int main(int argc, char** argv) {
  program::occupyStandardStreams();
  auto line = run::parseCommandLine(argc, argv);
  if (!line) {
    program::printError(kName, line.error());
    std::fputs("Run 'wasmrun --help' for usage.\n", stderr);
    return program::kUsageError;
  }
  if (line->exitStatus) return *line->exitStatus;
  program::ignoreWriteSignals();
  auto others = openOthers(line->options);
  if (!others) return failToOpen(others.error());
  auto image = run::openModule(line->options, line->options.module);
  if (!image) return failToOpen(image.error());
  return runModule(line->options, std::move(*others), *image);
}
