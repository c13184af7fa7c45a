// The compiler of wasm.h and wasm2obj_compile.h in libwasm2obj.
#include <pthread.h>
#include <signal.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <functional>
#include <mutex>

#include "compiler/codegen/compile.h"
#include "compiler/driver/artifact.h"
#include "compiler/driver/codegen_options.h"
#include "compiler/driver/front_end.h"
#include "compiler/driver/input.h"
#include "compiler/driver/provenance.h"
#include "compiler/link/link.h"
#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/validate/validate.h"
#include "loader/artifact_seal.h"
#include "loader/standard/compile/compiler.h"

namespace standard {
namespace {

constexpr char kName[] = "the module";

// LLVM's signal handlers, which it installs once in a process, would hide the addresses of faults
// from the runtime's. They remove files after a crash, but no file is written here. So they are
// installed before any guest runs, and replaced by what the program had.
__attribute__((constructor)) void preventSignalHandlers() {
  constexpr int kSignals = 32;  // those of the kernel that have names
  std::array<struct sigaction, kSignals> before;
  for (int signal = 1; signal < kSignals; ++signal) sigaction(signal, nullptr, &before[signal]);
  linker::installSignalHandlers();
  for (int signal = 1; signal < kSignals; ++signal) sigaction(signal, &before[signal], nullptr);
}

// Calls `work` on a thread with a stack that suffices for deeply nested input, whatever the stack
// of the caller. Fails if there is no memory for it.
base::Result<void> runOnDeepStack(std::function<void()> work) {
  constexpr size_t kStackSize = size_t{64} << 20;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, kStackSize);
  pthread_t thread;
  auto run = [](void* argument) -> void* {
    (*static_cast<std::function<void()>*>(argument))();
    return nullptr;
  };
  int error = pthread_create(&thread, &attributes, run, &work);
  pthread_attr_destroy(&attributes);
  if (error != 0) return base::Error{"", "the system has refused a thread for the compiler"};
  pthread_join(thread, nullptr);
  return {};
}

base::Result<wasm::ValidModule> readValid(base::ByteView binary) {
  TRY_ASSIGN(wasm::Module module, wasm::readModule(kName, binary));
  return wasm::validate(std::move(module));
}

base::Result<codegen::Options> parseOptions(std::vector<std::string> words) {
  CLI::App app;
  app.set_help_flag();
  codegen::Options options;
  driver::addCodegenOptions(app, options);
  std::ranges::reverse(words);  // CLI11 takes them from the end
  try {
    app.parse(words);
  } catch (const CLI::ParseError& error) {
    return base::Error{"", error.what()};
  }
  if (options.cpu.find(',') == options.cpu.npos) return options;
  return base::Error{"", "--cpu: only the program wasm2obj makes code for several CPUs"};
}

// Threads of the compiler would have stacks of the default size, so that there is only this one.
base::Result<base::Bytes> compileHere(base::ByteView given, codegen::Options options) {
  constexpr unsigned kThreads = 1;
  TRY_ASSIGN(codegen::Target target, codegen::Target::resolve(options));
  TRY_ASSIGN(driver::Input input, driver::Input::copyOf(given, kName));
  base::Bytes encoded;
  base::ByteView binary = input.bytes();
  if (input.isText()) {
    TRY_ASSIGN(encoded, driver::encodeText(input, true));
    binary = encoded;
  }
  options.provenance = driver::provenanceOf(binary);
  TRY_ASSIGN(wasm::ValidModule valid, readValid(binary));
  TRY(driver::checkLinked(*valid));
  TRY(codegen::checkTranslated(valid));
  codegen::Callbacks callbacks{
      .time = [](auto&&...) {}, .reduced = [](uint32_t) {}, .reducedThunks = [](uint64_t) {}};
  auto objects = codegen::compileObjects(valid, target, options, kThreads, callbacks);
  TRY_ASSIGN(base::Bytes artifact,
             driver::linkObjects(objects, linker::Kind::SharedObject, target, kThreads));
  TRY(loader::sealArtifact(artifact));
  return artifact;
}

}  // namespace

// Only one call of lld at a time may run in a process.
base::Result<base::Bytes> compile(base::ByteView module, std::vector<std::string> words) {
  TRY_ASSIGN(codegen::Options options, parseOptions(std::move(words)));
  static std::mutex mutex;
  std::lock_guard lock(mutex);
  base::Result<base::Bytes> compiled = base::Bytes();
  TRY(runOnDeepStack([&] { compiled = compileHere(module, std::move(options)); }));
  return compiled;
}

base::Result<void> validate(base::ByteView binary) {
  base::Result<void> valid;
  TRY(runOnDeepStack([&] {
    if (auto module = readValid(binary); !module) valid = module.error();
  }));
  return valid;
}

}  // namespace standard
