#include "loader/run/guest.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "loader/embed/module_of_image.h"
#include "loader/run/invoke.h"
#include "loader/run/listener.h"
#include "runtime/linker.h"
#include "runtime/store.h"
#include "runtime/strings/add_to_linker.h"
#include "wasi/calls/add_to_linker.h"
#include "wasi/context.h"
#include "wasi/entry_points.h"

namespace run {
namespace {

using base::Error;
using base::Expected;
using base::Result;
using runtime::Failure;
using runtime::Value;

std::string fileName(const std::string& path) { return path.substr(path.rfind('/') + 1); }

void inheritEnvironment(const Options& options, wasi::ContextBuilder& builder) {
  for (char** each = ::environ; *each != nullptr; ++each) {
    std::string_view text = *each;
    size_t equals = text.find('=');
    std::string_view name = text.substr(0, equals);
    auto isName = [&](const auto& variable) { return variable.first == name; };
    // The parent process may have passed strings that are not variables.
    if (name.empty() || equals == text.npos || std::ranges::any_of(options.environment, isName))
      continue;
    builder.variable(std::string(name), std::string(text.substr(equals + 1)));
  }
}

// The guest's descriptors 0 to 2 are the standard streams; directories and then sockets follow.
Result<std::vector<Listener>> openListeners(const Options& options) {
  constexpr size_t kFirstFreeDescriptor = 3;
  size_t descriptor = kFirstFreeDescriptor + options.directories.size();
  std::vector<Listener> listeners;
  for (const std::string& address : options.listenAddresses) {
    auto listener = listenOn(address);
    if (!listener)
      return Error{"--listen", fmt::format("'{}': {}", address, listener.error().text())};
    if (options.verbosity > 0)
      fmt::print(stderr, "wasmrun: descriptor {} listens on {}\n", descriptor, listener->address);
    listeners.push_back(std::move(*listener));
    ++descriptor;
  }
  return listeners;
}

Result<std::unique_ptr<wasi::Context>> makeContext(const Options& options,
                                                   const std::vector<Listener>& listeners) {
  wasi::ContextBuilder builder;
  builder.standardStreams(STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO);
  builder.argument(options.argv0.value_or(fileName(options.module)));
  // With --invoke, the words are arguments of the function instead.
  if (!options.invoke)
    for (const std::string& argument : options.arguments) builder.argument(argument);
  for (const auto& [name, value] : options.environment) builder.variable(name, value);
  if (options.inheritsEnvironment) inheritEnvironment(options, builder);
  for (const GrantedDirectory& directory : options.directories)
    builder.directory(directory.hostPath, directory.guestPath,
                      directory.isReadOnly ? wasi::Access::ReadOnly : wasi::Access::ReadWrite);
  for (const Listener& listener : listeners) builder.socket(listener.socket.get());
  if (options.tracesWasi) builder.traceTo(STDERR_FILENO);
  builder.warnTo(STDERR_FILENO);
  if (options.maxDescriptors) builder.maxDescriptors(*options.maxDescriptors);
  return builder.build();
}

int fail(int status, const Options& options, const std::string& message) {
  printError({options.module, message});
  return status;
}

// Returns the exit code for a failure, which may be an exit of the guest. Prints errors, after
// `prefix`, and traps.
int endOf(const Failure& failure, const Options& options, const std::string& prefix = "") {
  if (!failure.isTrap()) return fail(kFailure, options, prefix + failure.text());
  const runtime::Trap& trap = failure.trap();
  if (trap.exitStatus) return *trap.exitStatus;
  fmt::print(stderr, "wasmrun: {}: trap: {}\n", options.module, trap.text());
  return kTrapStatus;
}

// Returns the names of the exported functions as a phrase for messages.
std::string listFunctions(const runtime::Instance& instance) {
  std::string list;
  for (const abi::Export& entry : instance.module().descriptor().exports) {
    if (entry.kind != abi::ExternKind::Function) continue;
    if (!list.empty()) list += ", ";
    list += runtime::toView(entry.name);
  }
  return list.empty() ? "it exports no function" : "it exports " + list;
}

// Calls _initialize if it is exported. Returns an exit code if the run ends there.
std::optional<int> initialize(const runtime::Instance& instance, const Options& options) {
  auto outcome = wasi::initialize(instance);
  if (outcome) return std::nullopt;
  return endOf(outcome.error(), options, fmt::format("{}: ", wasi::kInitialize));
}

// Calls _start. A module without it is accepted if it has a start function, which has run already,
// or exports _initialize: the main function of a Kotlin program runs in it.
int runProgram(const runtime::Instance& instance, const Options& options) {
  if (!wasi::isCommand(instance)) {
    if (instance.function(wasi::kInitialize)) {
      return initialize(instance, options).value_or(kSuccess);
    }
    if (instance.module().descriptor().startFunction != abi::kNoFunction) return kSuccess;
    return fail(kFailure, options,
                fmt::format("has no {} to run; call one of its functions with --invoke NAME: {}",
                            wasi::kStart, listFunctions(instance)));
  }
  if (auto status = initialize(instance, options)) return *status;
  auto status = wasi::runCommand(instance);
  return status ? *status : endOf(status.error(), options, fmt::format("{}: ", wasi::kStart));
}

// Calls the export of --invoke. The arguments are checked before any code of the guest but its
// start function runs.
int invoke(const runtime::Instance& instance, const Options& options) {
  const std::string& name = *options.invoke;
  auto function = instance.function(name);
  if (!function)
    return fail(kUsageError, options,
                fmt::format("has no function '{}': {}", name, listFunctions(instance)));
  auto arguments = parseArguments(function->type(), options.arguments);
  if (!arguments)
    return fail(kUsageError, options,
                fmt::format("{}: {}; its type is {}", name, arguments.error().text(),
                            runtime::text(function->type())));
  // WASI demands that a reactor's _initialize is called once, before any other export.
  if (name != wasi::kInitialize)
    if (auto status = initialize(instance, options)) return *status;
  auto outcome = function->call(*arguments);
  if (!outcome) return endOf(outcome.error(), options);
  for (const Value& value : *outcome) fmt::print("{}\n", printValue(value));
  return kSuccess;
}

Expected<runtime::Instance*, Failure> instantiate(const Options& options, runtime::Store& store,
                                                  wasi::Context& context,
                                                  std::shared_ptr<loader::Image> image) {
  TRY_ASSIGN(auto module, embed::moduleOf(image));
  runtime::Linker linker;
  wasi::addToLinker(linker, context);
  strings::addToLinker(linker, options.stringConstants);
  return linker.instantiate(store, std::move(module));
}

}  // namespace

int runGuest(const Options& options, std::shared_ptr<loader::Image> image) {
  auto listeners = openListeners(options);
  if (!listeners) {
    printError(listeners.error());
    return kUsageError;
  }
  auto context = makeContext(options, *listeners);
  if (!context) {
    // A directory, a file or a socket of the command line is not available.
    printError(context.error());
    return kUsageError;
  }
  // The store is destroyed before the context and the listeners, which its host functions use.
  runtime::Store store({.limits = options.limits, .stressesHeap = options.stressesHeap});
  auto instance = instantiate(options, store, **context, std::move(image));
  if (!instance) return endOf(instance.error(), options);
  const runtime::Instance& guest = **instance;
  return options.invoke ? invoke(guest, options) : runProgram(guest, options);
}

void printError(const Error& error) { fmt::print(stderr, "wasmrun: error: {}\n", error.text()); }

}  // namespace run
