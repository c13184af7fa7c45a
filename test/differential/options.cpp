#include "test/differential/options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <thread>

#include "test/differential/comparison.h"

namespace differential {
namespace {

constexpr int kUsageError = 2;

std::vector<std::string> kindNames() {
  std::vector<std::string> names;
  for (const Kind& kind : kKinds) names.emplace_back(kind.name);
  return names;
}

std::vector<std::string> wayNames() {
  std::vector<std::string> names = {kNodeWay};
  for (const Way& way : ways().subspan(1)) names.emplace_back(way.name);
  return names;
}

}  // namespace

CommandLine parseCommandLine(int argc, char** argv) {
  CommandLine line;
  Options& options = line.options;
  options.jobs = std::max(1u, std::thread::hardware_concurrency());

  CLI::App app{"Compares what random modules do when they are compiled in several ways.",
               "differential"};
  app.add_option("count", options.count, "How many modules; default 20");
  app.add_option("first", options.first, "The first one's seed; default 1");
  app.add_option("--functions", options.module.entries, "Functions of a module that are called")
      ->check(CLI::Range(1, 1000));
  app.add_option("--calls", options.module.calls, "Calls of each function")
      ->check(CLI::Range(1, 1000));
  app.add_option("--kind", options.kind, "Only functions of this kind")
      ->check(CLI::IsMember(kindNames()));
  app.add_option("--way", options.way, "Compare this way only with -O0")
      ->check(CLI::IsMember(wayNames()));
  app.add_flag("--node", options.hasNode, "Compare with Node.js as well");
  app.add_option("-j", options.jobs, "Modules at a time")->check(CLI::Range(1, 1024));
  app.add_option("--timeout", options.secondsPerModule, "Seconds after which a module is given up")
      ->check(CLI::Range(1, 100'000));
  app.add_option("--print", options.printed, "Print the module of this seed, and run nothing");
  app.add_option("--reduce", options.reduced,
                 "Print the least part of this seed's module that still fails");
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {
    line.shouldExit = true;
    line.exitStatus = app.exit(success);
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "differential: error: {}\nRun 'differential --help' for usage.\n",
               error.what());
    line.shouldExit = true;
    line.exitStatus = kUsageError;
  }
  // The way "node" is also a request to use Node.js.
  if (options.way == kNodeWay) options.hasNode = true;
  return line;
}

}  // namespace differential
