// wasm2obj_prepared_t: modules whose imports have been found once.
#include <optional>
#include <vector>

#include "loader/embed/error.h"
#include "loader/embed/module.h"
#include "loader/embed/typed/linker.h"
#include "loader/embed/wasi.h"
#include "runtime/strings/add_to_linker.h"
#include "wasi/calls/add_to_linker.h"

using embed::makeError;

struct wasm2obj_prepared_t {
  std::shared_ptr<const runtime::Module> module;
  // By the row of the import.
  std::vector<runtime::Extern> imports;
  // Without a shared store: the rows of string constants, which each store has for itself.
  std::vector<uint32_t> constants;
  // If the module uses WASI: what contexts are made by, and the one of `imports`.
  std::optional<wasi::ContextBuilder> wasi;
  std::unique_ptr<wasi::Context> pattern;
  // Null: each instance has a store of its own.
  std::shared_ptr<embed::SharedStore> shared;
  wasm2obj_limits_t limits;
  std::shared_ptr<const embed::Environments> environments;
  // What keeps the imports that belong to instances of the store.
  embed::Environments pins;
};

namespace {

using PreparedPtr = std::unique_ptr<wasm2obj_prepared_t>;

// Finds and checks the imports.
base::Result<void> resolve(wasm2obj_prepared_t& prepared, const runtime::Linker& linker) {
  // Of a store that does not remain only string constants are found, which are made later.
  runtime::Store none;
  runtime::Store& store = prepared.shared == nullptr ? none : prepared.shared->store();
  const runtime::Module& module = *prepared.module;
  TRY_ASSIGN(prepared.imports, linker.resolve(store, module));
  for (uint32_t row = 0; row < prepared.imports.size(); ++row) {
    const abi::Import& import = module.descriptor().imports[row];
    TRY(runtime::checkMatches(module, import, prepared.imports[row]));
    if (&store != &none || import.kind != abi::ExternKind::Global) continue;
    prepared.constants.push_back(row);
    prepared.imports[row] = runtime::HostFunction();
  }
  return {};
}

base::Result<PreparedPtr> prepare(const wasm2obj_linker_t& linker, const wasm2obj_module_t& module,
                                  const wasm2obj_wasi_t* wasi, const wasm2obj_limits_t* limits) {
  embed::Definitions definitions = embed::definitionsOf(linker, wasi != nullptr);
  auto made = std::make_unique<wasm2obj_prepared_t>();
  made->module = module.module;
  made->shared = linker.shared;
  if (limits != nullptr) made->limits = *limits;
  made->environments = std::move(definitions.environments);
  for (const auto& [name, pin] : linker.pins) made->pins.push_back(pin);
  made->pins.insert(made->pins.end(), linker.instancePins.begin(), linker.instancePins.end());
  if (wasi != nullptr && wasi::importsWasi(*module.module)) {
    made->wasi = wasi->builder;
    TRY_ASSIGN(made->pattern, made->wasi->withoutGrants().build());
    wasi::addToLinker(definitions.linker, *made->pattern);
  }
  strings::addToLinker(definitions.linker);
  TRY(resolve(*made, definitions.linker));
  return made;
}

// Adds the string constants of a store to the imports.
base::Result<void> makeConstants(const wasm2obj_prepared_t& prepared, runtime::Store& store,
                                 std::vector<runtime::Extern>& imports) {
  runtime::Linker linker;
  strings::addToLinker(linker);
  const runtime::Module& module = *prepared.module;
  for (uint32_t row : prepared.constants) {
    TRY_ASSIGN(auto constant, linker.resolve(store, module, module.descriptor().imports[row]));
    CHECK(constant.has_value());
    imports[row] = *std::move(constant);
  }
  return {};
}

// Makes the context of WASI, and binds the imports to it.
base::Result<void> makeContext(const wasm2obj_prepared_t& prepared, wasm2obj_instance_t& made,
                               std::vector<runtime::Extern>& imports) {
  TRY_ASSIGN(made.context, prepared.wasi->build());
  for (runtime::Extern& import : imports) {
    if (auto* function = std::get_if<runtime::HostFunction>(&import)) {
      *function = wasi::rebind(*function, *prepared.pattern, *made.context);
    }
  }
  return {};
}

wasm2obj_error_t* instantiate(const wasm2obj_prepared_t& prepared, wasm2obj_instance_t& made) {
  if (auto usable = embed::checkUsable(made); !usable) return makeError(usable.error());
  made.environments = prepared.environments;
  if (!prepared.wasi && prepared.constants.empty()) {
    return embed::instantiate(prepared.module, prepared.imports, made);
  }
  std::vector<runtime::Extern> imports = prepared.imports;
  if (prepared.wasi) {
    if (auto context = makeContext(prepared, made, imports); !context) {
      return makeError(context.error());
    }
  }
  auto constants = makeConstants(prepared, *made.store, imports);
  if (!constants) return makeError(constants.error());
  return embed::instantiate(prepared.module, imports, made);
}

}  // namespace

wasm2obj_error_t* wasm2obj_linker_prepare(const wasm2obj_linker_t* linker,
                                          const wasm2obj_module_t* module,
                                          const wasm2obj_wasi_t* wasi,
                                          const wasm2obj_limits_t* limits,
                                          wasm2obj_prepared_t** prepared) {
  auto made = prepare(*linker, *module, wasi, limits);
  if (!made) return makeError(made.error());
  *prepared = made->release();
  return nullptr;
}

void wasm2obj_prepared_delete(wasm2obj_prepared_t* prepared) { delete prepared; }

wasm2obj_error_t* wasm2obj_prepared_instantiate(const wasm2obj_prepared_t* prepared,
                                                wasm2obj_instance_t** instance) {
  auto made =
      std::make_unique<wasm2obj_instance_t>(embed::storeOrNew(prepared->shared, &prepared->limits));
  if (wasm2obj_error_t* error = instantiate(*prepared, *made)) {
    embed::discard(std::move(made));
    return error;
  }
  *instance = made.release();
  return nullptr;
}
