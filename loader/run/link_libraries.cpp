#include "loader/run/link_libraries.h"

#include <utility>

#include "runtime/dylink/dynamic_linker.h"

namespace run {

runtime::Expected<runtime::Instance*, runtime::Failure> linkLibraries(
    runtime::Store& store, runtime::Linker& linker, std::shared_ptr<const runtime::Module> module,
    std::span<const program::Preload> libraries) {
  runtime::DynamicLinker dynamicLinker(store, linker);
  for (const program::Preload& library : libraries) dynamicLinker.add(library.name, library.module);
  return dynamicLinker.link(std::move(module));
}

}  // namespace run
