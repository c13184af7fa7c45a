#include <fmt/format.h>
#include <pthread.h>

#include <functional>
#include <thread>

#include "compiler/driver/front_end.h"
#include "compiler/driver/options.h"
#include "compiler/driver/pipeline.h"
#include "compiler/inspect/artifact_facts.h"
#include "loader/signature/key_file.h"

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

// Prints the facts also if the file is not signed by a key of the command line.
base::Result<void> inspectFile(const driver::CommandLine& line) {
  std::vector<loader::PublicKey> keys;
  for (const std::string& path : line.knownKeys) {
    TRY_ASSIGN(loader::PublicKey key, loader::readPublicKey(path));
    keys.push_back(key);
  }
  TRY_ASSIGN(inspect::ArtifactFacts facts, inspect::inspectFile(line.toInspect, keys));
  fmt::print("{}", line.asJson ? inspect::toJson(facts) : inspect::toText(facts));
  if (keys.empty() || inspect::isSignedByKnown(facts)) return {};
  return base::Error{line.toInspect, "has no valid signature by a key that was given"};
}

base::Result<void> perform(const driver::CommandLine& line, driver::Phases& phases) {
  if (!line.toInspect.empty()) return inspectFile(line);
  if (!line.toSign.file.empty()) return driver::signFile(line.toSign);
  return driver::compile(line.options, phases);
}

// Returns the exit status: 0 for success, 1 for an error. The times are printed after an error as
// well.
int run(const driver::CommandLine& line) {
  if (!line.toValidate.empty()) return driver::validateFiles(line.toValidate) ? 0 : 1;
  driver::Phases phases;
  base::Result<void> result = perform(line, phases);
  if (line.options.timePhases == "json") {
    phases.printJson(stderr);
  } else if (!line.options.timePhases.empty()) {
    phases.print(stderr);
  }
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
