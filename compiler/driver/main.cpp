#include <fmt/format.h>
#include <pthread.h>

#include <functional>
#include <thread>

#include "compiler/driver/front_end.h"
#include "compiler/driver/options.h"
#include "compiler/driver/pipeline.h"
#include "compiler/inspect/artifact_facts.h"

namespace {

// Calls `work` on a thread with a stack of fixed size and waits for it. LLVM uses recursion on
// deeply nested input, so the size must not depend on the limits of the caller's shell. The threads
// that the compiler creates get the same size. Only address space is reserved.
void runOnDeepStack(const std::function<void()>& work) {
  constexpr size_t kStackSize = size_t{64} << 20;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, kStackSize);
  pthread_setattr_default_np(&attributes);
  pthread_attr_destroy(&attributes);
  std::thread(work).join();
}

void printError(const base::Error& error) {
  fmt::print(stderr, "wasm2obj: error: {}\n", error.text());
}

int inspectFile(const std::string& path, bool asJson) {
  auto facts = inspect::inspectArtifact(path);
  if (!facts) {
    printError(facts.error());
    return 1;
  }
  fmt::print("{}", asJson ? inspect::toJson(*facts) : inspect::toText(*facts));
  return 0;
}

// Returns the exit status: 0 for success, 1 for an error. The times are printed after an error as
// well.
int run(const driver::CommandLine& line) {
  if (!line.toInspect.empty()) return inspectFile(line.toInspect, line.asJson);
  if (!line.toValidate.empty()) return driver::validateFiles(line.toValidate) ? 0 : 1;
  driver::Phases phases;
  base::Result<void> result = driver::compile(line.options, phases);
  if (line.options.timePhases) phases.print(stderr);
  if (!result) {
    printError(result.error());
    return 1;
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  driver::CommandLine line = driver::parseCommandLine(argc, argv);
  if (line.shouldExit) return line.exitStatus;
  int status = 0;
  runOnDeepStack([&] { status = run(line); });
  return status;
}
