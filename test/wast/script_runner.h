// Runs the commands of one script, in order, in a store of their own.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "runtime/linker.h"
#include "runtime/store.h"
#include "test/wast/front_end.h"
#include "test/wast/module_compiler.h"
#include "test/wast/script.h"

namespace wast {

struct Passed {};

struct Failed {
  std::string expected;
  std::string got;
};

// It needs a module that needs a feature which is not translated yet.
struct Skipped {
  wasm::Feature feature;
};

// It is about running code, which was not asked for.
struct NotRun {};

using Verdict = std::variant<Passed, Failed, Skipped, NotRun>;

struct RunMode {
  ModuleCompiler* compiler = nullptr;  // without one, modules are checked and nothing is run
  bool checksRoundTrip = false;        // of every valid module, from the binary format to text
};

class ScriptRunner {
 public:
  // `text` is that of the script.
  ScriptRunner(std::string fileName, std::string_view text, const RunMode& mode);

  Verdict run(const Command& command);

 private:
  using CompiledModule = std::shared_ptr<const runtime::Module>;
  // What a command refers to by name: the object, or why it is not there.
  template <class T>
  using Known = std::variant<T, Skipped, Failed>;
  template <class T>
  using Names = std::map<std::string, Known<T>>;

  // How an action ends: a trap or results, or a mistake of the script.
  using ActionResult = base::Expected<std::vector<runtime::Value>, runtime::Failure>;

  Verdict run(const DefineModule& command);
  Verdict run(const InstantiateModule& command);
  Verdict run(const Register& command);
  Verdict run(const Action& command);
  Verdict run(const AssertReturn& command);
  Verdict run(const AssertActionFails& command);
  Verdict run(const AssertModuleFails& command);
  Verdict run(const Unsupported& command);

  bool runsCode() const { return mode_.compiler != nullptr; }
  // Null where nothing is run.
  Known<CompiledModule> compile(const CheckedModule& module);
  Verdict instantiate(const std::string& name, const Known<CompiledModule>& module);
  Verdict checkUninstantiable(const CompiledModule& module, const AssertModuleFails& command);
  // The feature for want of which a module that it imports from was skipped.
  std::optional<Skipped> skippedImport(const runtime::Module& module) const;
  Known<runtime::Instance*> findInstance(const std::string& name) const;
  ActionResult act(const runtime::Instance& instance, const Action& action) const;
  ActionResult invoke(const runtime::Instance& instance, const Action& action) const;

  std::string fileName_;
  std::string_view text_;
  RunMode mode_;
  runtime::Store store_;
  runtime::Linker linker_;
  Names<CompiledModule> definitions_;       // "": the latest
  Names<runtime::Instance*> instances_;     // likewise
  std::map<std::string, Skipped> skipped_;  // registered names of instances that are not there
};

}  // namespace wast
