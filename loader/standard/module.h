// The modules of wasm.h.
#pragma once

#include <memory>

#include "loader/standard/ref.h"
#include "runtime/base/bytes.h"
#include "runtime/module/module.h"

namespace standard {

// A module and the artifact that it was loaded from, for serialization.
struct LoadedModule {
  std::shared_ptr<const runtime::Module> module;
  std::shared_ptr<const base::Bytes> artifact;
};

// A module of a store. Its references share it.
struct ModuleRecord {
  LoadedModule loaded;
  HostInfo info;
};

}  // namespace standard

// A reference to a module.
struct wasm_module_t final
    : standard::SharedRef<standard::RefKind::Module, standard::ModuleRecord, wasm_module_t> {
  using SharedRef::SharedRef;
};

// A module of no store.
struct wasm_shared_module_t {
  standard::LoadedModule loaded;
};
