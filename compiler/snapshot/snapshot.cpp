#include "compiler/snapshot/snapshot.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "compiler/snapshot/capture.h"
#include "loader/embed/module_of_image.h"
#include "loader/program/program.h"
#include "runtime/instance/host_func.h"
#include "runtime/linker.h"
#include "runtime/store.h"
#include "runtime/strings/add_to_linker.h"
#include "wasi/calls/add_to_linker.h"
#include "wasi/entry_points.h"

namespace snapshot {
namespace {

using base::Error;
using base::Result;

constexpr std::string_view kInitializers[] = {"wizer-initialize", "wizer.initialize"};
constexpr uint32_t kStandardStreams = 3;

const wasm::Export* findFunction(const wasm::Module& module, std::string_view name) {
  auto found = std::ranges::find_if(module.exports, [name](const wasm::Export& item) {
    return item.kind == wasm::ExternKind::Function && item.name == name;
  });
  return found == module.exports.end() ? nullptr : &*found;
}

const char* kindName(wasm::ExternKind kind) {
  constexpr const char* kNames[] = {"function", "table", "memory", "global", "tag"};
  return kNames[static_cast<size_t>(kind)];
}

// Returns an error that names the imports whose state belongs to someone else. String constants
// have no state.
Result<void> checkImports(const wasm::Module& module, const Options& options) {
  std::string names;
  for (const wasm::Import& import : module.imports) {
    bool isConstant =
        import.kind == wasm::ExternKind::Global && import.module == options.guest.stringConstants;
    if (import.kind == wasm::ExternKind::Function || isConstant) continue;
    names += fmt::format("{}{} {}.{}", names.empty() ? "" : ", ", kindName(import.kind),
                         import.module, import.name);
  }
  if (names.empty()) return {};
  return Error{module.fileName,
               fmt::format("imports {}, whose state a snapshot cannot keep", names)};
}

// Returns the function to call besides _initialize; null if there is none.
Result<const wasm::Export*> chooseInitializer(const wasm::Module& module, const Options& options) {
  const wasm::Export* chosen = nullptr;
  if (!options.initializer.empty()) {
    chosen = findFunction(module, options.initializer);
    if (chosen == nullptr)
      return Error{module.fileName, fmt::format("exports no function '{}'", options.initializer)};
  }
  for (std::string_view name : kInitializers) {
    if (chosen == nullptr) chosen = findFunction(module, name);
  }
  if (chosen == nullptr) {
    if (module.start || findFunction(module, wasi::kInitialize)) return nullptr;
    return Error{module.fileName,
                 fmt::format("has nothing to initialize it: it exports neither {} nor {}; name a "
                             "function with --init",
                             kInitializers[0], wasi::kInitialize)};
  }
  const wasm::FuncType& type = module.functionType(chosen->index);
  if (type.params.empty() && type.results.empty()) return chosen;
  return Error{module.fileName,
               fmt::format("the initializer '{}' has parameters or results", chosen->name)};
}

// Stands in for an imported function, whatever its type: it reads none of its arguments.
void refuseCall(runtime::Caller* caller) {
  const auto& import = *static_cast<const wasm::Import*>(caller->env);
  runtime::requestTrap(*caller, fmt::format("the initializer calls the imported function {}.{}, "
                                            "which does not exist yet",
                                            import.module, import.name));
}

void defineOtherFunctions(runtime::Linker& linker, const wasm::Module& module,
                          const runtime::Module& compiled) {
  for (uint32_t i = 0; i < module.imports.size(); ++i) {
    const wasm::Import& import = module.imports[i];
    bool isFunction = import.kind == wasm::ExternKind::Function;
    if (!isFunction || wasi::isModule(import.module) || linker.find(import.module, import.name))
      continue;
    runtime::HostFunction function;
    uint32_t typeIndex = compiled.descriptor().imports[i].typeIndex;
    function.type = runtime::canonicalType(compiled.typeId(typeIndex)).func;
    function.code = reinterpret_cast<void*>(&refuseCall);
    function.env = const_cast<wasm::Import*>(&import);
    linker.define(import.module, import.name, std::move(function));
  }
}

// Returns an error if the guest has opened files, which its instances would not have.
Result<void> checkFiles(wasi::Context& context, const wasm::Module& module,
                        const Options& options) {
  size_t granted = kStandardStreams + options.guest.directories.size();
  for (uint32_t fd = 0; fd < context.files().size(); ++fd) {
    if (fd < granted || context.files().find(fd) == nullptr) continue;
    return Error{module.fileName,
                 fmt::format("the initializer has left the file descriptor {} open, which a "
                             "snapshot cannot keep",
                             fd)};
  }
  return {};
}

Error failureOf(const wasm::Module& module, const runtime::Failure& failure) {
  if (failure.isTrap() && failure.trap().exitStatus) {
    return {module.fileName,
            fmt::format("the initializer exits with status {}", *failure.trap().exitStatus)};
  }
  return {module.fileName, fmt::format("the initializer fails: {}", failure.text())};
}

// Instantiates the module and calls its initializers, and then captures the state.
Result<void> runAndCapture(const wasm::Module& module,
                           std::shared_ptr<const runtime::Module> compiled,
                           const wasm::Export* initializer, const Options& options,
                           Snapshot& snapshot) {
  program::Program program({.guest = options.guest, .arguments = options.arguments});
  TRY_ASSIGN(std::unique_ptr<wasi::Context> context, program.makeContext({}));
  runtime::Store store({.limits = options.guest.limits, .fuel = options.guest.fuel});
  runtime::Linker linker;
  wasi::addToLinker(linker, *context);
  strings::addToLinker(linker, options.guest.stringConstants);
  defineOtherFunctions(linker, module, *compiled);
  auto instance = linker.instantiate(store, std::move(compiled));
  if (!instance) return failureOf(module, instance.error());
  if (auto done = wasi::initialize(**instance); !done) return failureOf(module, done.error());
  if (initializer != nullptr && initializer->name != wasi::kInitialize) {
    auto done = (*instance)->function(initializer->name)->call({});
    if (!done) return failureOf(module, runtime::Failure(done.error()));
  }
  TRY(checkFiles(*context, module, options));
  return capture(**instance, module, snapshot);
}

// Removes the exports that have been called, and renames others.
Result<void> changeExports(wasm::Module& module, const wasm::Export* initializer,
                           const Options& options) {
  auto remove = [&module](std::string_view name) {
    std::erase_if(module.exports, [name](const wasm::Export& each) { return each.name == name; });
  };
  if (!options.keepsInitializer) {
    if (initializer != nullptr) remove(initializer->name);
    remove(wasi::kInitialize);
  }
  for (const auto& [to, from] : options.renames) {
    if (findFunction(module, from) == nullptr)
      return Error{module.fileName, fmt::format("exports no function '{}' to rename", from)};
    remove(to);
    for (wasm::Export& each : module.exports) {
      if (each.name == from) each.name = to;
    }
  }
  return {};
}

}  // namespace

Result<Snapshot> take(const wasm::Module& module, base::ByteView artifact, const Options& options) {
  TRY(checkImports(module, options));
  TRY_ASSIGN(const wasm::Export* initializer, chooseInitializer(module, options));
  TRY_ASSIGN(auto image, loader::Image::fromMemory(artifact, module.fileName));
  TRY_ASSIGN(auto compiled, embed::moduleOf(image));
  Snapshot snapshot{.code = {module.bytes.begin(), module.bytes.end()}, .module = module};
  TRY(changeExports(snapshot.module, initializer, options));
  TRY(runAndCapture(module, std::move(compiled), initializer, options, snapshot));
  snapshot.module.bytes = snapshot.code;
  return snapshot;
}

}  // namespace snapshot
