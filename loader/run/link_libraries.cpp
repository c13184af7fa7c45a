#include "loader/run/link_libraries.h"

#include <utility>

#include "runtime/dylink/dlfcn.h"
#include "runtime/dylink/dynamic_linker.h"

namespace run {
namespace {

// The dynamic linker, with what the program calls to load libraries.
struct RunTimeLinker {
  RunTimeLinker(runtime::Store& store, runtime::Linker& definitions)
      : linker(store, definitions), functions(linker) {}
  runtime::DynamicLinker linker;
  runtime::Dlfcn functions;
};

}  // namespace

runtime::Expected<program::LinkedProgram, runtime::Failure> linkLibraries(
    runtime::Store& store, runtime::Linker& linker, std::shared_ptr<const runtime::Module> module,
    std::span<const program::Preload> libraries, std::span<const program::Preload> openable) {
  auto made = std::make_shared<RunTimeLinker>(store, linker);
  made->functions.addToLinker(linker);
  for (const program::Preload& library : libraries) made->linker.add(library.name, library.module);
  for (const program::Preload& library : openable)
    made->linker.addOpenable(library.name, library.module);
  TRY_ASSIGN(runtime::Instance * instance, made->linker.link(std::move(module)));
  return program::LinkedProgram{instance, std::move(made)};
}

}  // namespace run
