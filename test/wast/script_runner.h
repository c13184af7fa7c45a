// The interpreter of the commands of one script, with a store of its own.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "runtime/linker.h"
#include "runtime/store.h"
#include "test/wast/compiler/module_compiler.h"
#include "test/wast/front_end.h"
#include "test/wast/script.h"

namespace wast {

// The verdict on a command that has the result that the script expects.
struct Passed {};

// The verdict on a command with another result: the expected and the actual one, for messages.
struct Failed {
  std::string expected;
  std::string got;
};

// The verdict on a command that depends on a module with a feature that is not translated.
struct Skipped {
  wasm::Feature feature;
};

// The verdict on a command that runs code, if only the front end is tested.
struct NotRun {};

using Verdict = std::variant<Passed, Failed, Skipped, NotRun>;

class Record;
class ScriptThread;

// The mode in which commands are run.
struct RunMode {
  const ModuleCompiler* compiler =
      nullptr;                   // not owned; if null, modules are validated and not run
  bool checksRoundTrip = false;  // print and parse every valid module
  bool stressesHeap = false;     // collect garbage at every allocation
  Record* record = nullptr;      // not owned: of the verdicts on commands of threads
};

// The shared memories that an instance exports, by name.
using SharedExports = std::vector<std::pair<std::string, std::shared_ptr<runtime::Memory>>>;

// The state of a script: its store, and the modules and instances that commands refer to by name. A
// command that refers to a missing object has the verdict of the command that should have created
// it.
class ScriptRunner {
 public:
  // Creates a store with the module "spectest". `text` is the text of the script in the file
  // `fileName`, and must outlive the runner, as must the compiler in `mode`.
  ScriptRunner(std::string fileName, std::string_view text, const RunMode& mode);
  // Waits for all threads.
  ~ScriptRunner();

  // Makes an instance of another runner known by a name.
  void share(const std::string& name, SharedExports exports);

  // Runs a command and returns the verdict. Commands must be run in the order of the script.
  Verdict run(const Command& command);

 private:
  using CompiledModule = std::shared_ptr<const runtime::Module>;
  // An object that commands refer to by name, or the reason why it does not exist.
  template <class T>
  using Known = std::variant<T, Skipped, Failed>;
  template <class T>
  using Names = std::map<std::string, Known<T>>;

  // The result of an action: values, a trap, or an error if the script is wrong, for example
  // because there is no such export.
  using ActionResult = base::Expected<std::vector<runtime::Value>, runtime::Failure>;

  Verdict run(const DefineModule& command);
  Verdict run(const InstantiateModule& command);
  Verdict run(const Register& command);
  Verdict run(const Action& command);
  Verdict run(const AssertReturn& command);
  Verdict run(const AssertActionFails& command);
  Verdict run(const AssertModuleFails& command);
  Verdict run(const StartThread& command);
  Verdict run(const WaitForThread& command);

  bool runsCode() const { return mode_.compiler != nullptr; }
  // Returns a null module if code is not run.
  Known<CompiledModule> compile(const CheckedModule& module);
  // Instantiates a module and records the instance, or why there is none, under `name`.
  Verdict instantiate(const std::string& name, const Known<CompiledModule>& module);
  // Checks that instantiation fails as the command says.
  Verdict checkUninstantiable(const CompiledModule& module, const AssertModuleFails& command);
  // Returns the feature for which a module was skipped that this one imports from, or nothing.
  std::optional<Skipped> skippedImport(const runtime::Module& module) const;
  Known<runtime::Instance*> findInstance(const std::string& name) const;
  // Returns what a thread may know of an instance, or nothing if there is none of this name.
  std::optional<SharedExports> exportsOf(const std::string& name) const;
  ActionResult act(const runtime::Instance& instance, const Action& action) const;
  ActionResult invoke(const runtime::Instance& instance, const Action& action) const;

  std::string fileName_;
  std::string_view text_;
  RunMode mode_;
  runtime::Store store_;
  runtime::Linker linker_;
  Names<CompiledModule> definitions_;            // "" is the name of the last one
  Names<runtime::Instance*> instances_;          // "" is the name of the last one
  std::map<std::string, Skipped> skipped_;       // registered names of skipped modules
  std::map<std::string, SharedExports> shared_;  // instances of other runners
  std::map<std::string, std::unique_ptr<ScriptThread>> threads_;
};

}  // namespace wast
