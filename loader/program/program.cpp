#include "loader/program/program.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "loader/program/exit_codes.h"
#include "loader/program/interrupter.h"
#include "loader/program/process.h"
#include "runtime/strings/add_to_linker.h"
#include "wasi/calls/add_to_linker.h"
#include "wasi/entry_points.h"

namespace program {

using base::Error;
using base::Result;
using runtime::Failure;
using runtime::Instance;

namespace {

bool startsThreads(const runtime::Module& module) {
  return std::ranges::any_of(module.descriptor().imports, [](const abi::Import& import) {
    return runtime::toView(import.module) == "wasi" &&
           runtime::toView(import.name) == "thread-spawn";
  });
}

bool loadsLibraries(const runtime::Module& module) {
  return std::ranges::any_of(module.descriptor().imports, [](const abi::Import& import) {
    std::string_view from = runtime::toView(import.module), name = runtime::toView(import.name);
    return (from == "env" && name == "dlopen") || (from == "dyld" && name == "load_object");
  });
}

}  // namespace

void Program::inheritEnvironment(wasi::ContextBuilder& builder) const {
  for (char** each = ::environ; *each != nullptr; ++each) {
    std::string_view text = *each;
    size_t equals = text.find('=');
    std::string_view name = text.substr(0, equals);
    auto isName = [&](const auto& variable) { return variable.first == name; };
    // The parent process may have passed strings that are not variables.
    if (name.empty() || equals == text.npos ||
        std::ranges::any_of(options_.guest.environment, isName))
      continue;
    builder.variable(std::string(name), std::string(text.substr(equals + 1)));
  }
}

// The guest's descriptors 0 to 2 are the standard streams; directories and then sockets follow.
Result<std::vector<Listener>> Program::openListeners() const {
  constexpr size_t kFirstFreeDescriptor = 3;
  size_t descriptor = kFirstFreeDescriptor + options_.guest.directories.size();
  std::vector<Listener> listeners;
  for (const std::string& address : options_.guest.listenAddresses) {
    auto listener = listenOn(address, *options_.resolveHost);
    if (!listener)
      return Error{"--listen", fmt::format("'{}': {}", address, listener.error().text())};
    if (options_.isVerbose)
      fmt::print(stderr, "{}: descriptor {} listens on {}\n", options_.name, descriptor,
                 listener->address);
    listeners.push_back(std::move(*listener));
    ++descriptor;
  }
  return listeners;
}

Result<std::unique_ptr<wasi::Context>> Program::makeContext(
    const std::vector<Listener>& listeners) const {
  const options::GuestOptions& guest = options_.guest;
  wasi::ContextBuilder builder;
  builder.standardStreams(STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO);
  for (const std::string& argument : options_.arguments) builder.argument(argument);
  for (const auto& [name, value] : guest.environment) builder.variable(name, value);
  if (guest.inheritsEnvironment) inheritEnvironment(builder);
  for (const options::GrantedDirectory& directory : guest.directories)
    builder.directory(directory.hostPath, directory.guestPath,
                      directory.isReadOnly ? wasi::Access::ReadOnly : wasi::Access::ReadWrite);
  for (const Listener& listener : listeners) builder.socket(listener.socket.get());
  if (guest.tracesWasi) builder.traceTo(STDERR_FILENO);
  builder.warnTo(STDERR_FILENO);
  if (guest.maxDescriptors) builder.maxDescriptors(*guest.maxDescriptors);
  return builder.build();
}

void Program::run(std::shared_ptr<const runtime::Module> module, const Main& main) {
  auto listeners = openListeners();
  if (!listeners) {
    printError(options_.name, listeners.error());
    leaveWith(kUsageError);
  }
  auto context = makeContext(*listeners);
  if (!context) {
    // A directory, a file or a socket of the command line is not available.
    printError(options_.name, context.error());
    leaveWith(kUsageError);
  }
  if (auto counts = checkFuel(*module); !counts) {
    printError(options_.name, counts.error());
    leaveWith(kFailure);
  }
  Surroundings surroundings{**context, std::make_shared<runtime::Account>(options_.guest.limits)};
  runtime::StoreOptions stores{.limits = options_.guest.limits,
                               .account = surroundings.account,
                               .fuel = options_.guest.fuel,
                               .stressesHeap = options_.guest.stressesHeap};
  if (options_.runThreads != nullptr && startsThreads(*module))
    leaveWith(options_.runThreads(*this, stores, surroundings, std::move(module), main));
  runtime::Store store(stores);
  Interrupter interrupter(store, options_.guest.timeLimit);
  leaveWith(runMain(store, surroundings, std::move(module), main));
}

void Program::leaveWith(int status) const { leave(finishOutput(status, options_.name)); }

// Fails if there is fuel for code that does not count.
Result<void> Program::checkFuel(const runtime::Module& module) const {
  auto check = [this](const std::string& file, const runtime::Module& each) -> Result<void> {
    if (!options_.guest.fuel || each.countsFuel()) return {};
    return Error{file,
                 "does not count what it executes, which --fuel limits: compile it with "
                 "wasm2obj --count-fuel"};
  };
  for (const Preload& preload : options_.preloads) TRY(check(preload.file, *preload.module));
  for (const Preload& library : options_.openable) TRY(check(library.file, *library.module));
  return check(options_.module, module);
}

// Tells what has been consumed of the fuel, which the main thread had.
void Program::reportFuel(const runtime::Store& store) const {
  if (!options_.isVerbose || !options_.guest.fuel) return;
  uint64_t given = std::min<uint64_t>(*options_.guest.fuel, abi::kUnlimitedFuel);
  fmt::print(stderr, "{}: {} of {} units of fuel consumed\n", options_.name, given - store.fuel(),
             given);
}

int Program::runMain(runtime::Store& store, Surroundings& surroundings,
                     std::shared_ptr<const runtime::Module> module, const Main& main) const {
  runtime::Linker linker;
  if (auto filled = fillLinker(linker, store, surroundings, *module); !filled)
    return endOf(filled.error());
  std::vector<Preload> libraries;
  for (const Preload& preload : options_.preloads) {
    preload.module->giveImageAway();
    if (isLinked(*preload.module)) {
      libraries.push_back(preload);
    } else if (auto status = addPreload(preload, store, linker)) {
      return *status;
    }
  }
  if (threads_ == nullptr) module->giveImageAway();
  int status = kFailure;
  if (!libraries.empty() || isLinked(*module)) {
    auto linked =
        options_.linkLibraries(store, linker, std::move(module), libraries, options_.openable);
    status = linked ? main(*this, *linked->instance) : endOf(linked.error());
  } else {
    auto instance = linker.instantiate(store, std::move(module));
    status = instance ? main(*this, **instance) : endOf(instance.error());
  }
  reportFuel(store);
  return status;
}

Result<void> Program::fillLinker(runtime::Linker& linker, runtime::Store& store,
                                 Surroundings& surroundings, const runtime::Module& module) const {
  wasi::addToLinker(linker, surroundings.context);
  strings::addToLinker(linker, options_.guest.stringConstants);
  if (threads_ != nullptr) threads_->addToLinker(linker);
  for (const abi::Import& import : module.descriptor().imports) {
    if (import.kind != abi::ExternKind::Memory || (import.memory.flags & abi::kShared) == 0)
      continue;
    std::string name(runtime::toView(import.module));
    if (std::ranges::find(options_.preloads, name, &Preload::name) != options_.preloads.end())
      continue;
    std::string item(runtime::toView(import.name));
    auto known = surroundings.memories.find({name, item});
    if (known == surroundings.memories.end()) {
      abi::MemoryType type = import.memory;
      type.flags &= ~uint32_t{abi::kHeadroom};
      TRY_ASSIGN(auto memory, runtime::Memory::createShared(type, surroundings.account));
      known = surroundings.memories.emplace(std::pair(name, item), std::move(memory)).first;
    }
    linker.define(name, item, store.addShared(known->second));
  }
  return {};
}

bool Program::isLinked(const runtime::Module& module) const {
  return options_.linkLibraries != nullptr &&
         (module.descriptor().dylink.count != 0 || loadsLibraries(module));
}

// Returns an exit code if the run ends there. Code of a preloaded module runs only in its start
// function and in _initialize: another module decides what else of it is called.
std::optional<int> Program::addPreload(const Preload& preload, runtime::Store& store,
                                       runtime::Linker& linker) const {
  auto instance = linker.instantiate(store, preload.module);
  if (!instance) return endIn(preload.file, instance.error());
  if (auto outcome = wasi::initialize(**instance); !outcome)
    return endIn(preload.file, outcome.error(), fmt::format("{}: ", wasi::kInitialize));
  linker.defineInstance(preload.name, **instance);
  return std::nullopt;
}

int Program::callStart(const Instance& instance) const {
  if (!wasi::isCommand(instance)) {
    if (instance.function(wasi::kInitialize)) {
      return callInitialize(instance).value_or(kSuccess);
    }
    if (instance.module().descriptor().startFunction != abi::kNoFunction) return kSuccess;
    return fail(kFailure,
                fmt::format("has no {} to run; call one of its functions with --invoke NAME: {}",
                            wasi::kStart, listFunctions(instance)));
  }
  if (auto status = callInitialize(instance)) return *status;
  auto status = wasi::runCommand(instance);
  return status ? *status : endOf(status.error(), fmt::format("{}: ", wasi::kStart));
}

std::optional<int> Program::callInitialize(const Instance& instance) const {
  auto outcome = wasi::initialize(instance);
  if (outcome) return std::nullopt;
  return endOf(outcome.error(), fmt::format("{}: ", wasi::kInitialize));
}

int Program::endOf(const Failure& failure, const std::string& prefix) const {
  return endIn(options_.module, failure, prefix);
}

// Ends the run because of what has failed in `module`, which is a name for messages.
int Program::endIn(const std::string& module, const Failure& failure,
                   const std::string& prefix) const {
  if (threads_ != nullptr && !threads_->claimEnd()) return kFailure;
  if (!failure.isTrap()) {
    printError(options_.name, {module, prefix + failure.text()});
    return kFailure;
  }
  const runtime::Trap& trap = failure.trap();
  if (trap.exitStatus) return *trap.exitStatus;
  if (trap.code == abi::TrapCode::Interrupted) return endInterrupted(module, trap);
  fmt::print(stderr, "{}: {}{}trap: {}\n", options_.name, module, module.empty() ? "" : ": ",
             trap.text());
  return kTrapStatus;
}

// Ends the run because a signal or the time limit has ended the guest in `module`. Who sends a
// signal needs no message.
int Program::endInterrupted(const std::string& module, const runtime::Trap& trap) const {
  int signal = Interrupter::signal();
  if (signal != SIGALRM) return kSignalStatus + signal;
  fmt::print(stderr, "{}: {}{}the time limit is exceeded: {}\n", options_.name, module,
             module.empty() ? "" : ": ", trap.text());
  return kTimeLimitStatus;
}

int Program::fail(int status, const std::string& message) const {
  printError(options_.name, {options_.module, message});
  return status;
}

std::string listFunctions(const Instance& instance) {
  std::string list;
  for (const abi::Export& entry : instance.module().descriptor().exports) {
    if (entry.kind != abi::ExternKind::Function) continue;
    if (!list.empty()) list += ", ";
    list += runtime::toView(entry.name);
  }
  return list.empty() ? "it exports no function" : "it exports " + list;
}

void printError(const std::string& name, const Error& error) {
  fmt::print(stderr, "{}: error: {}\n", name, error.text());
}

}  // namespace program
