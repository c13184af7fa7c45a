// The main function of executables that wasm2obj makes. The words of the command line are the
// guest's. The options for it are those that the executable was compiled with, and those in an
// environment variable.
#include <algorithm>

#include "loader/embed/module_of_image.h"
#include "loader/exe/threads.h"
#include "loader/linked_image.h"
#include "loader/options/given_options.h"
#include "loader/program/exit_codes.h"
#include "loader/program/process.h"
#include "loader/program/program.h"

// The module, and the words of the options that the executable was compiled with: strings with
// their NUL, behind each other, and an empty one at the end.
extern "C" const abi::LinkedModule wasm2obj_program;
extern "C" const char wasm2obj_program_options[];

namespace {

std::vector<std::string> compiledWords() {
  std::vector<std::string> words;
  for (const char* word = wasm2obj_program_options; *word != '\0'; word += words.back().size() + 1)
    words.emplace_back(word);
  return words;
}

base::Result<options::GuestOptions> readOptions() {
  options::GuestOptions guest;
  TRY(options::addOptions(guest, compiledWords()));
  TRY(options::addOptionsOfEnvironment(guest));
  return guest;
}

base::Result<std::shared_ptr<const runtime::Module>> openModule() {
  TRY_ASSIGN(loader::LinkedImage image, loader::openLinked(wasm2obj_program));
  return embed::moduleOf(image);
}

std::string fileName(const std::string& path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

int main(int argc, char** argv) {
  program::occupyStandardStreams();
  program::ProgramOptions program;
  program.arguments.assign(argv, argv + argc);
  program.name = argc == 0 ? "program" : fileName(program.arguments.front());
  auto guest = readOptions();
  if (!guest) {
    program::printError(program.name, guest.error());
    return program::kUsageError;
  }
  if (guest->argv0) program.arguments.resize(std::max(argc, 1));
  if (guest->argv0) program.arguments.front() = *guest->argv0;
  program.guest = std::move(*guest);
  program.runThreads = exe::kRunThreads;
  program.resolveHost = program::resolveNumericHost;
  program::ignoreWriteSignals();
  auto module = openModule();
  if (!module) {
    program::printError(program.name, module.error());
    return program::kFailure;
  }
  program::Program(std::move(program))
      .run(std::move(*module),
           [](const auto& run, const auto& instance) { return run.callStart(instance); });
}
