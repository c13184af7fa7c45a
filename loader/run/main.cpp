#include <fmt/format.h>

#include <cstdio>

#include "loader/embed/module_of_image.h"
#include "loader/program/exit_codes.h"
#include "loader/program/process.h"
#include "loader/program/program.h"
#include "loader/run/invoke.h"
#include "loader/run/open_module.h"
#include "loader/run/resolve_host.h"

namespace {

constexpr char kName[] = "wasmrun";

std::string fileName(const std::string& path) { return path.substr(path.rfind('/') + 1); }

program::Program makeProgram(const run::Options& options) {
  program::ProgramOptions program;
  program.guest = options.guest;
  program.name = kName;
  program.module = options.module;
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

int runModule(const run::Options& options, const std::shared_ptr<loader::Image>& image) {
  program::Program program = makeProgram(options);
  if (options.verbosity > 0 && image->cpus().size() > 1) {
    fmt::print(stderr, "{}: of the code for {}, runs that for {}\n", kName,
               fmt::join(image->cpus(), ", "), image->cpus()[image->chosenCpu()]);
  }
  auto module = embed::moduleOf(image);
  if (!module) return program.endOf(module.error());
  return program.run(
      std::move(*module), [&](const program::Program&, const runtime::Instance& instance) {
        return options.invoke ? run::invoke(program, instance, *options.invoke, options.arguments)
                              : program.callStart(instance);
      });
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
  auto image = run::openModule(line->options);
  if (!image) {
    // The compiler has printed errors without a text.
    if (!image.error().text().empty()) program::printError(kName, image.error());
    return program::kFailure;
  }
  return program::finishOutput(runModule(line->options, *image), kName);
}
