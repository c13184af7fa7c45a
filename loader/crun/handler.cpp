// The handler of crun: what crun calls, and when. loader/crun/run.h and prepare.h do the work.
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "loader/crun/bundle.h"
#include "loader/crun/crun_abi.h"
#include "loader/crun/prepare.h"
#include "loader/crun/run.h"
#include "loader/program/program.h"

namespace crun {
namespace {

// What the handler knows of a container.
struct State {
  std::optional<Prepared> prepared;
  std::optional<base::Error> error;  // why the container cannot be started
};

State& stateOf(void* cookie) { return *static_cast<State*>(cookie); }

// Sets crun's error, and returns what failing functions return.
int fail(ErrorRecord** error, const base::Error& problem) {
  auto* record = static_cast<ErrorRecord*>(std::malloc(sizeof(ErrorRecord)));
  if (record == nullptr) std::abort();
  record->status = 0;
  record->message = ::strdup(("wasm2obj: " + problem.text()).c_str());
  *error = record;
  return -1;
}

int load(void** cookie, ErrorRecord**) {
  *cookie = new State;
  return 0;
}

int unload(void* cookie, ErrorRecord**) {
  delete static_cast<State*>(cookie);
  return 0;
}

// The module is compiled here, since here is the host: with its file system, without the limits of
// the container's memory, and outside of its user namespace. `update` calls this too, not always in
// the bundle, so that errors are kept until a container is really made.
int modifyConfiguration(void* cookie, Context*, Configuration*, ErrorRecord**) {
  State& state = stateOf(cookie);
  auto bundle = readBundle();
  if (!bundle) {
    state.error = bundle.error();
    return 0;
  }
  auto prepared = prepare(*bundle);
  if (prepared) {
    state.prepared = std::move(*prepared);
  } else {
    state.error = prepared.error();
  }
  return 0;
}

int configureContainer(void* cookie, int phase, Context*, Container*, const char*,
                       ErrorRecord** error) {
  if (phase != kBeforeMounts || !stateOf(cookie).error) return 0;
  return fail(error, *stateOf(cookie).error);
}

int canHandleContainer(Container*, ErrorRecord**) { return wantsWebAssembly() ? 1 : 0; }

int run(void* cookie, Container*, const char* path, char* const argv[]) {
  runProgram(std::move(stateOf(cookie).prepared), path, argv);
}

// A program that is executed in a running container has not been prepared.
int exec(void* cookie, Container* container, const char* path, char* const argv[]) {
  // Before version 1.8.1, configureContainer was here, with the phase as its second argument.
  if (reinterpret_cast<uintptr_t>(container) < 16) {
    program::printError("wasm2obj",
                        {"crun", "is too old for this handler: expected 1.8.1 or later"});
    std::_Exit(1);
  }
  runProgram(std::move(stateOf(cookie).prepared), path, argv);
}

}  // namespace
}  // namespace crun

crun::Handler* run_oci_handler_get_handler() {
  static crun::Handler handler = {
      .name = "wasm2obj",
      .feature = "WASM:wasm2obj",
      .alias = "wasm",
      .load = crun::load,
      .unload = crun::unload,
      .run = crun::run,
      .exec = crun::exec,
      .configureContainer = crun::configureContainer,
      .canHandleContainer = crun::canHandleContainer,
      .modifyConfiguration = crun::modifyConfiguration,
      .closeDescriptors = nullptr,
      .later = {},
  };
  return &handler;
}
