#include "test/wast/script_runner.h"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/instance/instance.h"
#include "runtime/strings/add_to_linker.h"
#include "test/round_trip/round_trip.h"
#include "test/wast/operand.h"
#include "test/wast/script_thread.h"
#include "test/wast/spectest.h"

namespace wast {
namespace {

using runtime::Failure;
using runtime::Instance;
using runtime::Value;

// The name of the last definition and of the last instance.
constexpr char kLatest[] = "";

template <class T>
std::string joined(const std::vector<T>& items) {
  std::string out;
  for (const T& item : items) out += fmt::format("{}{}", out.empty() ? "" : " ", text(item));
  return out.empty() ? "nothing" : out;
}

std::string trapText(const runtime::Trap& trap) { return "trap: " + trap.message; }

std::string describe(const base::Expected<std::vector<Value>, Failure>& result) {
  if (result) return joined(*result);
  const Failure& failure = result.error();
  return failure.isTrap() ? trapText(failure.trap()) : "error: " + failure.text();
}

std::string uninstantiable(const Failure& failure) {
  return failure.isTrap() ? trapText(failure.trap()) : "unlinkable: " + failure.text();
}

// Returns the specification's message for a message in a proposal's script that only another engine
// has.
std::string_view specified(std::string_view message) {
  return message == "memory types incompatible" ? "incompatible import type" : message;
}

// Returns whether the messages agree. As in the reference interpreter, the expected message may be
// a prefix of the actual one. The actual message may also be a prefix of the expected one.
bool agree(std::string_view message, std::string_view got) {
  std::string_view expected = specified(message);
  return got.starts_with(expected) || expected.starts_with(got);
}

std::string_view nameOf(RejectedAs kind) {
  return kind == RejectedAs::Malformed ? "malformed" : "invalid";
}

std::string describe(const std::variant<CheckedModule, Rejection>& checked) {
  auto* rejection = std::get_if<Rejection>(&checked);
  if (rejection == nullptr) return "a valid module";
  return fmt::format("{}: {}", nameOf(rejection->kind), rejection->error.text());
}

// Messages of malformed and invalid modules are not compared, only the stage: each implementation
// has its own messages.
bool isRejectedAs(ModuleFailure wanted, RejectedAs got) {
  switch (wanted) {
    case ModuleFailure::Malformed:
      return got == RejectedAs::Malformed;
    case ModuleFailure::Invalid:
      return got == RejectedAs::Invalid;
    default:  // errors in custom sections are found by the readers of these sections
      return true;
  }
}

// Returns the verdict on a command that needs a T that does not exist.
template <class T>
Verdict absence(const std::variant<T, Skipped, Failed>& known) {
  if (auto* skipped = std::get_if<Skipped>(&known)) return *skipped;
  return std::get<Failed>(known);
}

}  // namespace

ScriptRunner::ScriptRunner(std::string fileName, std::string_view text, const RunMode& mode)
    : fileName_(std::move(fileName)),
      text_(text),
      mode_(mode),
      store_({.stressesHeap = mode.stressesHeap}) {
  defineSpectest(linker_, store_);
  strings::addToLinker(linker_);
}

ScriptRunner::~ScriptRunner() = default;

void ScriptRunner::share(const std::string& name, SharedExports exports) {
  shared_.insert_or_assign(name, std::move(exports));
}

Verdict ScriptRunner::run(const Command& command) {
  return std::visit([this](const auto& body) { return run(body); }, command.body);
}

// A module that cannot be compiled is recorded as well, so that later commands that refer to it
// report the reason.
Verdict ScriptRunner::run(const DefineModule& command) {
  auto checked = checkModule(fileName_, text_, command.module);
  auto* module = std::get_if<CheckedModule>(&checked);
  Known<CompiledModule> compiled =
      module == nullptr ? Failed{"a valid module", describe(checked)} : compile(*module);
  definitions_.insert_or_assign(command.module.name, compiled);
  definitions_.insert_or_assign(kLatest, compiled);
  if (runsCode() && command.isInstantiated) return instantiate(command.module.name, compiled);
  if (std::holds_alternative<CompiledModule>(compiled)) return Passed{};
  return absence(compiled);
}

Verdict ScriptRunner::run(const InstantiateModule& command) {
  if (!runsCode()) return NotRun{};
  auto definition = definitions_.find(command.definition);
  if (definition == definitions_.end())
    return Failed{"a module definition", fmt::format("none is named '{}'", command.definition)};
  return instantiate(command.name, definition->second);
}

// A skipped instance is recorded under the name, so that modules that import from it are skipped.
Verdict ScriptRunner::run(const Register& command) {
  if (!runsCode()) return NotRun{};
  if (auto shared = shared_.find(command.module); shared != shared_.end()) {
    for (const auto& [name, memory] : shared->second)
      linker_.define(command.as, name, store_.addShared(memory));
    return Passed{};
  }
  Known<Instance*> instance = findInstance(command.module);
  if (auto* skipped = std::get_if<Skipped>(&instance))
    skipped_.insert_or_assign(command.as, *skipped);
  if (!std::holds_alternative<Instance*>(instance)) return absence(instance);
  skipped_.erase(command.as);
  linker_.defineInstance(command.as, *std::get<Instance*>(instance));
  return Passed{};
}

Verdict ScriptRunner::run(const Action& command) {
  if (!runsCode()) return NotRun{};
  Known<Instance*> instance = findInstance(command.module);
  if (!std::holds_alternative<Instance*>(instance)) return absence(instance);
  ActionResult result = act(*std::get<Instance*>(instance), command);
  if (result.ok()) return Passed{};
  return Failed{"that it returns", describe(result)};
}

Verdict ScriptRunner::run(const AssertReturn& command) {
  if (!runsCode()) return NotRun{};
  Known<Instance*> instance = findInstance(command.action.module);
  if (!std::holds_alternative<Instance*>(instance)) return absence(instance);
  ActionResult result = act(*std::get<Instance*>(instance), command.action);
  if (result.ok() && std::equal(command.results.begin(), command.results.end(), result->begin(),
                                result->end(), [](const Expectation& wanted, const Value& value) {
                                  return matches(wanted, value);
                                }))
    return Passed{};
  return Failed{joined(command.results), describe(result)};
}

Verdict ScriptRunner::run(const AssertActionFails& command) {
  if (!runsCode()) return NotRun{};
  Known<Instance*> instance = findInstance(command.action.module);
  if (!std::holds_alternative<Instance*>(instance)) return absence(instance);
  ActionResult result = act(*std::get<Instance*>(instance), command.action);
  bool hasTrapped = !result.ok() && result.error().isTrap();
  if (command.failure == ActionFailure::Exception) {
    bool hasThrown = hasTrapped && result.error().trap().exception != nullptr;
    return hasThrown ? Verdict(Passed{}) : Failed{"an exception", describe(result)};
  }
  if (hasTrapped && agree(command.message, result.error().trap().message)) return Passed{};
  return Failed{"trap: " + command.message, describe(result)};
}

// Assertions of malformed and invalid modules only read and validate. For the other failures the
// module must be valid, and is instantiated.
Verdict ScriptRunner::run(const AssertModuleFails& command) {
  auto checked = checkModule(fileName_, text_, command.module);
  bool isRun =
      command.failure == ModuleFailure::Unlinkable || command.failure == ModuleFailure::Trap;
  if (!isRun) {
    auto* rejection = std::get_if<Rejection>(&checked);
    if (rejection != nullptr && isRejectedAs(command.failure, rejection->kind)) return Passed{};
    bool isMalformed = command.failure == ModuleFailure::Malformed ||
                       command.failure == ModuleFailure::MalformedCustom;
    std::string_view kind = nameOf(isMalformed ? RejectedAs::Malformed : RejectedAs::Invalid);
    return Failed{fmt::format("{}: {}", kind, command.message), describe(checked)};
  }
  auto* module = std::get_if<CheckedModule>(&checked);
  if (module == nullptr) return Failed{"a valid module", describe(checked)};
  Known<CompiledModule> compiled = compile(*module);
  if (!std::holds_alternative<CompiledModule>(compiled)) return absence(compiled);
  if (!runsCode()) return NotRun{};
  return checkUninstantiable(std::get<CompiledModule>(compiled), command);
}

Verdict ScriptRunner::run(const StartThread& command) {
  if (!runsCode()) return NotRun{};
  auto runner = std::make_unique<ScriptRunner>(fileName_, text_, mode_);
  for (const std::string& name : command.shared) {
    std::optional<SharedExports> exports = exportsOf(name);
    if (!exports) return Failed{"a module", fmt::format("none is named '{}'", name)};
    runner->share(name, std::move(*exports));
  }
  CHECK(mode_.record != nullptr);
  threads_[command.name] =
      std::make_unique<ScriptThread>(std::move(runner), command.commands, *mode_.record);
  return Passed{};
}

Verdict ScriptRunner::run(const WaitForThread& command) {
  if (!runsCode()) return NotRun{};
  if (threads_.erase(command.name) != 0) return Passed{};
  return Failed{"a thread", fmt::format("none is named '{}'", command.name)};
}

Verdict ScriptRunner::checkUninstantiable(const CompiledModule& module,
                                          const AssertModuleFails& command) {
  if (std::optional<Skipped> skipped = skippedImport(*module)) return *skipped;
  auto outcome = linker_.instantiate(store_, module);
  bool isUnlinkable = command.failure == ModuleFailure::Unlinkable;
  std::string expected = (isUnlinkable ? "unlinkable: " : "trap: ") + command.message;
  if (outcome) return Failed{expected, "an instance"};
  const Failure& failure = outcome.error();
  const std::string message = failure.isTrap() ? failure.trap().message : failure.text();
  if (isUnlinkable != failure.isTrap() && agree(command.message, message)) return Passed{};
  return Failed{expected, uninstantiable(failure)};
}

ScriptRunner::Known<ScriptRunner::CompiledModule> ScriptRunner::compile(
    const CheckedModule& module) {
  if (mode_.checksRoundTrip) {
    auto same = round_trip::checkRoundTrip(*module.valid);
    if (!same) return Failed{"the same module, printed and parsed", same.error().text()};
  }
  if (!runsCode()) return CompiledModule();
  if (auto feature = mode_.compiler->untranslated(module.valid)) return Skipped{*feature};
  auto compiled = mode_.compiler->compile(module.valid);
  if (!compiled) return Failed{"a compiled module", compiled.error().text()};
  return *compiled;
}

Verdict ScriptRunner::instantiate(const std::string& name, const Known<CompiledModule>& known) {
  auto remember = [&](const Known<Instance*>& instance) {
    instances_.insert_or_assign(name, instance);
    instances_.insert_or_assign(kLatest, instance);
    return std::holds_alternative<Instance*>(instance) ? Passed{} : absence(instance);
  };
  auto* module = std::get_if<CompiledModule>(&known);
  if (module == nullptr) {
    auto* skipped = std::get_if<Skipped>(&known);
    return remember(skipped != nullptr ? Known<Instance*>(*skipped) : std::get<Failed>(known));
  }
  if (std::optional<Skipped> skipped = skippedImport(**module)) return remember(*skipped);
  auto outcome = linker_.instantiate(store_, *module);
  if (!outcome) return remember(Failed{"an instance", uninstantiable(outcome.error())});
  return remember(*outcome);
}

std::optional<Skipped> ScriptRunner::skippedImport(const runtime::Module& module) const {
  for (const abi::Import& import : module.descriptor().imports) {
    auto skipped = skipped_.find(std::string(runtime::toView(import.module)));
    if (skipped != skipped_.end()) return skipped->second;
  }
  return std::nullopt;
}

ScriptRunner::Known<Instance*> ScriptRunner::findInstance(const std::string& name) const {
  auto instance = instances_.find(name);
  if (instance != instances_.end()) return instance->second;
  return Failed{"a module", fmt::format("none is named '{}'", name)};
}

std::optional<SharedExports> ScriptRunner::exportsOf(const std::string& name) const {
  if (auto shared = shared_.find(name); shared != shared_.end()) return shared->second;
  Known<Instance*> found = findInstance(name);
  if (!std::holds_alternative<Instance*>(found)) return std::nullopt;
  const Instance& instance = *std::get<Instance*>(found);
  SharedExports exports;
  for (const abi::Export& entry : instance.module().descriptor().exports) {
    if (entry.kind != abi::ExternKind::Memory) continue;
    auto* memory = std::get<runtime::Memory*>(instance.exported(entry));
    if (memory->isShared())
      exports.emplace_back(runtime::toView(entry.name), memory->shared_from_this());
  }
  return exports;
}

ScriptRunner::ActionResult ScriptRunner::act(const Instance& instance, const Action& action) const {
  if (action.isInvoke) return invoke(instance, action);
  runtime::Global* global = instance.global(action.field);
  if (global == nullptr)
    return base::Error{"", fmt::format("no global is exported as '{}'", action.field)};
  return std::vector<Value>{global->get()};
}

ScriptRunner::ActionResult ScriptRunner::invoke(const Instance& instance,
                                                const Action& action) const {
  std::optional<runtime::Func> function = instance.function(action.field);
  if (!function)
    return base::Error{"", fmt::format("no function is exported as '{}'", action.field)};
  const runtime::FuncType& type = function->type();
  std::vector<Value> arguments;
  for (const Operand& operand : action.arguments) {
    size_t index = arguments.size();
    std::optional<Value> value =
        index < type.params.size() ? toValue(operand, type.params[index].kind) : std::nullopt;
    if (!value)
      return base::Error{"", fmt::format("argument {}, {}, does not fit the type {}", index + 1,
                                         text(operand), runtime::text(type))};
    arguments.push_back(*value);
  }
  return function->call(arguments);
}

}  // namespace wast
