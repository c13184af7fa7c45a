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

program::Program makeProgram(const run::Options& options, std::vector<program::Preload> preloads) {
  program::ProgramOptions program;
  program.preloads = std::move(preloads);
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

// Returns the modules of --preload. An Error is as openModule() returns it.
base::Result<std::vector<program::Preload>> openPreloads(const run::Options& options) {
  std::vector<program::Preload> preloads;
  for (const auto& [name, path] : options.preloads) {
    TRY_ASSIGN(auto image, run::openModule(options, path));
    auto module = embed::moduleOf(image);
    if (!module) return base::Error{path, module.error().text()};
    preloads.push_back({name, path, std::move(*module)});
  }
  return preloads;
}

// Ends the process, or returns the exit code for a module that cannot be run.
int runModule(const run::Options& options, std::vector<program::Preload> preloads,
              const std::shared_ptr<loader::Image>& image) {
  program::Program program = makeProgram(options, std::move(preloads));
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
  auto preloads = openPreloads(line->options);
  if (!preloads) return failToOpen(preloads.error());
  auto image = run::openModule(line->options, line->options.module);
  if (!image) return failToOpen(image.error());
  return runModule(line->options, std::move(*preloads), *image);
}
