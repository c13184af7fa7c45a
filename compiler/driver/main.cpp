#include <fmt/format.h>

#include "compiler/driver/front_end.h"
#include "compiler/driver/options.h"
#include "compiler/driver/pipeline.h"

int main(int argc, char** argv) {
  driver::CommandLine line = driver::parseCommandLine(argc, argv);
  if (line.shouldExit) return line.exitStatus;
  if (!line.toValidate.empty()) return driver::validateFiles(line.toValidate) ? 0 : 1;
  driver::Phases phases;
  base::Result<void> result = driver::compile(line.options, phases);
  if (line.options.timePhases) phases.print(stderr);
  if (!result) {
    fmt::print(stderr, "wasm2obj: error: {}\n", result.error().text());
    return 1;
  }
  return 0;
}
