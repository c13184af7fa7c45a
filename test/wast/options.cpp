#include "test/wast/options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <thread>

#include "compiler/driver/codegen_options.h"

namespace wast {
namespace {

constexpr int kUsageError = 2;

}  // namespace

CommandLine parseCommandLine(int argc, char** argv) {
  CommandLine line;
  Options& options = line.options;
  options.jobs = std::max(1u, std::thread::hardware_concurrency());

  CLI::App app{"Runs test scripts of the WebAssembly specification.", "wast"};
  app.add_option("files", options.files, "The scripts, .wast files")->required();
  driver::addCodegenOptions(app, options.codegen);
  app.add_option("-j", options.jobs, "Scripts to run at a time")->check(CLI::Range(1, 1024));
  app.add_option("--timeout", options.timeoutSeconds, "Seconds after which a script is killed")
      ->check(CLI::Range(1, 100'000));
  app.add_flag("--only-front-end", options.isFrontEndOnly,
               "Parse, decode and validate modules; compile and run nothing");
  app.add_flag("--gc-stress", options.stressesHeap,
               "Collect garbage at every allocation, and check the heap");
  app.add_flag("--round-trip", options.checksRoundTrip,
               "Print and parse every valid module; it must stay the same");
  app.add_flag("-v,--verbose", options.isVerbose, "Tell the outcome of every script");
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {
    line.shouldExit = true;
    line.exitStatus = app.exit(success);
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "wast: error: {}\nRun 'wast --help' for usage.\n", error.what());
    line.shouldExit = true;
    line.exitStatus = kUsageError;
  }
  return line;
}

}  // namespace wast
