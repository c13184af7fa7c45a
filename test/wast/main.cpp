// wast FILE...: runs test scripts of the WebAssembly specification. The exit status is 0 if no
// command fails, 1 if one does or the system fails, 2 for wrong usage.
#include <fmt/format.h>

#include "test/wast/run_all.h"

int main(int argc, char** argv) {
  wast::CommandLine line = wast::parseCommandLine(argc, argv);
  if (line.shouldExit) return line.exitStatus;
  auto tally = wast::runAll(line.options);
  if (!tally) {
    fmt::print(stderr, "wast: error: {}\n", tally.error().text());
    return 1;
  }
  if (tally->skipped() != 0) fmt::print("{}\n", tally->skippedText());
  fmt::print("{}\n", tally->text());
  return tally->failed == 0 ? 0 : 1;
}
