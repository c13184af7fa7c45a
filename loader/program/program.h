// The run of a module as a program, from the options to an exit code: what wasmrun and executables
// have in common.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "loader/options/guest_options.h"
#include "loader/program/listener.h"
#include "runtime/instance/instance.h"
#include "runtime/linker.h"
#include "runtime/store.h"
#include "wasi/context.h"

namespace program {

// A module that is instantiated before the one that is run, which can import its exports.
struct Preload {
  std::string name;  // the module name of imports from it
  std::string file;  // what messages call it
  std::shared_ptr<const runtime::Module> module;
};

// A program that is linked with libraries. `linker` must exist as long as its guests run.
struct LinkedProgram {
  runtime::Instance* instance;
  std::shared_ptr<void> linker;
};

// Links the module to be run with libraries, which are position-independent (DynamicLinker). It may
// load others while it runs, of the names of `openable`.
using LinkLibraries = runtime::Expected<LinkedProgram, runtime::Failure>(
    runtime::Store& store, runtime::Linker& linker, std::shared_ptr<const runtime::Module> module,
    std::span<const Preload> libraries, std::span<const Preload> openable);

class Program;
struct Surroundings;

// What is called once the module is instantiated. Returns the exit code.
using Main = std::function<int(const Program& program, const runtime::Instance& instance)>;

// Runs a module that can start threads (threaded_run.h).
using RunThreads = int(Program& program, const runtime::StoreOptions& stores,
                       Surroundings& surroundings, std::shared_ptr<const runtime::Module> module,
                       const Main& main);

// What is to be run, besides the module.
struct ProgramOptions {
  options::GuestOptions guest;
  std::vector<std::string> arguments;  // argument 0 first
  std::string name;                    // of this program: begins its messages
  std::string module;             // what messages call the module; empty if there is no other one
  std::vector<Preload> preloads;  // in the order of their instantiation; each name once
  std::vector<Preload> openable;  // libraries that the program may load while it runs
  LinkLibraries* linkLibraries = nullptr;  // if null, no module is linked so
  RunThreads* runThreads = nullptr;        // if null, no module can start threads
  ResolveHost* resolveHost = nullptr;
  bool isVerbose = false;
};

// What the instances of all threads of a program have in common.
struct Surroundings {
  wasi::Context& context;
  std::shared_ptr<runtime::Account> account;
  // The shared memories that are made for imports, which the main thread does before there are
  // others, by the names of module and import.
  std::map<std::pair<std::string, std::string>, std::shared_ptr<runtime::Memory>> memories = {};
};

// The threads of a program that can start some.
class Threads {
 public:
  // Defines what starts a thread. The object must outlive the linker's instances.
  virtual void addToLinker(runtime::Linker& linker) = 0;
  // Returns whether the calling thread is the one that ends the program, which is the first one
  // that calls this. If not, what has ended the thread is of no interest.
  virtual bool claimEnd() = 0;

 protected:
  ~Threads() = default;
};

// A program. Its messages go to standard error.
class Program {
 public:
  explicit Program(ProgramOptions options) : options_(std::move(options)) {}

  // Instantiates the preloaded modules, each of which may import from those before, and then the
  // module, all with WASI and the string builtins, and calls `main`. Ends the process with its exit
  // code, or another one of exit_codes.h. Shared memories that are imported and not preloaded are
  // made as the imports say. If the module can start threads, the exit code may be that of another
  // one.
  [[noreturn]] void run(std::shared_ptr<const runtime::Module> module, const Main& main);

  // Makes WASI's state for the guest, with the listening sockets, which must outlive it. Fails if a
  // directory or a file is not available.
  base::Result<std::unique_ptr<wasi::Context>> makeContext(
      const std::vector<Listener>& listeners) const;

  // Calls _start and returns the exit code. A module without it is accepted if it has a start
  // function, which has run already, or exports _initialize: the main function of a Kotlin program
  // runs in it.
  int callStart(const runtime::Instance& instance) const;
  // Calls _initialize if it is exported. Returns an exit code if the run ends there.
  std::optional<int> callInitialize(const runtime::Instance& instance) const;

  // Returns the exit code for a failure, which may be an exit of the guest. Prints errors, after
  // `prefix`, and traps; but nothing if another thread has ended the program.
  int endOf(const runtime::Failure& failure, const std::string& prefix = "") const;
  // Prints a message about the module and returns `status`.
  int fail(int status, const std::string& message) const;

  // The parts of run(), for RunThreads. `threads` must exist until they are replaced.
  const ProgramOptions& options() const { return options_; }
  void useThreads(Threads* threads) { threads_ = threads; }
  // Returns whether the module is linked with libraries, or loads some while it runs.
  bool isLinked(const runtime::Module& module) const;
  // Instantiates in `store`, calls `main` and returns its exit code.
  int runMain(runtime::Store& store, Surroundings& surroundings,
              std::shared_ptr<const runtime::Module> module, const Main& main) const;
  // Fills a linker with all that instances in `store` may import but preloaded modules.
  base::Result<void> fillLinker(runtime::Linker& linker, runtime::Store& store,
                                Surroundings& surroundings, const runtime::Module& module) const;

 private:
  base::Result<std::vector<Listener>> openListeners() const;
  void inheritEnvironment(wasi::ContextBuilder& builder) const;
  std::optional<int> addPreload(const Preload& preload, runtime::Store& store,
                                runtime::Linker& linker) const;
  [[noreturn]] void leaveWith(int status) const;
  int endInterrupted(const std::string& module, const runtime::Trap& trap) const;
  base::Result<void> checkFuel(const runtime::Module& module) const;
  void reportFuel(const runtime::Store& store) const;
  int endIn(const std::string& module, const runtime::Failure& failure,
            const std::string& prefix = "") const;

  ProgramOptions options_;
  Threads* threads_ = nullptr;  // of a module that can start threads, while it runs
};

// Returns the names of the exported functions as a phrase for messages.
std::string listFunctions(const runtime::Instance& instance);

// Prints "NAME: error: " and the error to standard error.
void printError(const std::string& name, const base::Error& error);

}  // namespace program
