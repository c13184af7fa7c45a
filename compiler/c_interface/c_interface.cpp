#include "compiler/c_interface/c_interface.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

namespace c_interface {
namespace {

using wasm::ExternKind;

// The modules whose functions libwasmrt defines.
constexpr std::string_view kLibraries[] = {"wasi_snapshot_preview1", "wasi_unstable",
                                           "wasm:js-string", "wasm:text-encoder",
                                           "wasm:text-decoder"};

// What every header defines. `error` and `guest` are classes of C++.
constexpr const char* kFixed[] = {"module", "instance", "imports",  "new",   "new_in",
                                  "delete", "base",     "on_error", "error", "guest"};

const wasm::FuncType& typeOf(const wasm::Module& module, uint32_t function) {
  return module.types[module.functions[function].typeIndex].func;
}

// Chooses the names of an interface.
class Naming {
 public:
  Naming(const wasm::Module& module, const Options& options);
  void nameExports();
  base::Result<void> nameImports();
  Interface take() { return std::move(interface_); }

 private:
  using Key = std::tuple<ExternKind, std::string_view, std::string_view>;

  // Returns the symbol `NAME_PREFIX_of`.
  std::string symbol(std::string_view prefix, std::string_view of) {
    return symbols_.take(fmt::format("{}_{}{}", interface_.name, prefix, of));
  }
  bool isFromLibrary(const wasm::Import& item) const;
  base::Result<void> nameFunction(uint32_t row);
  void nameObject(uint32_t row);
  bool addToInstance(uint32_t row);

  const wasm::Module& module_;
  Interface interface_{};
  Names symbols_;
  Names fields_;
  std::map<Key, size_t> known_;  // imports by name: the index in `imports` or `importedObjects`
};

Naming::Naming(const wasm::Module& module, const Options& options) : module_(module) {
  interface_.name = options.name;
  for (const char* fixed : kFixed) symbols_.take(fmt::format("{}_{}", options.name, fixed));
  for (const std::string& from : options.instanceModules) {
    auto isSame = [&](const FromInstance& other) { return other.module == from; };
    if (std::ranges::any_of(interface_.fromInstances, isSame)) continue;
    interface_.fromInstances.push_back({from, {}, fields_.take("from_" + mangle(from))});
  }
}

// An exported function has the name that follows from its own, whatever else is exported.
void Naming::nameExports() {
  for (uint32_t row = 0; row < module_.exports.size(); ++row) {
    const wasm::Export& item = module_.exports[row];
    if (item.kind == ExternKind::Function) {
      interface_.exports.push_back(
          {symbol("", mangle(item.name)), "", typeOf(module_, item.index), row});
    } else {
      std::string data = item.kind == ExternKind::Memory ? symbol("", mangle(item.name)) : "";
      interface_.exportedObjects.push_back({row, "", data, "", ""});
    }
  }
  for (Function& function : interface_.exports) {
    function.trySymbol = symbol("try_", mangle(module_.exports[function.row].name));
  }
  for (ExportedObject& object : interface_.exportedObjects) {
    const wasm::Export& item = module_.exports[object.row];
    object.handle = symbol("handle_", mangle(item.name));
    if (item.kind != ExternKind::Global) continue;
    object.get = symbol("get_", mangle(item.name));
    if (module_.globals[item.index].type.isMutable) object.set = symbol("set_", mangle(item.name));
  }
}

bool Naming::addToInstance(uint32_t row) {
  for (FromInstance& from : interface_.fromInstances) {
    if (module_.imports[row].module != from.module) continue;
    from.rows.push_back(row);
    return true;
  }
  return false;
}

// libwasmrt defines functions, and string constants.
bool Naming::isFromLibrary(const wasm::Import& item) const {
  if (std::ranges::find(kLibraries, item.module) != std::end(kLibraries)) return true;
  if (item.kind != ExternKind::Global || item.module != "'") return false;
  const wasm::GlobalType& type = module_.globals[item.index].type;
  return !type.isMutable && type.value.isRef() && type.value.heap == wasm::HeapType::kExtern;
}

base::Result<void> Naming::nameFunction(uint32_t row) {
  const wasm::Import& item = module_.imports[row];
  const wasm::FuncType& type = typeOf(module_, item.index);
  auto [found, isNew] =
      known_.try_emplace(Key(item.kind, item.module, item.name), interface_.imports.size());
  if (isNew) {
    std::string of = fmt::format("{}_{}", mangle(item.module), mangle(item.name));
    interface_.imports.push_back({symbol("", of), "", type, row});
    return {};
  }
  Function repeated = interface_.imports[found->second];
  if (repeated.type != type) {
    return base::Error{
        "", fmt::format("import {}.{}: it is imported with two types, {} and {}, "
                        "but a program can define one function only",
                        item.module, item.name, wasm::text(repeated.type), wasm::text(type))};
  }
  repeated.row = row;
  repeated.isRepeated = true;
  interface_.imports.push_back(std::move(repeated));
  return {};
}

void Naming::nameObject(uint32_t row) {
  const wasm::Import& item = module_.imports[row];
  auto [found, isNew] =
      known_.try_emplace(Key(item.kind, item.module, item.name), interface_.importedObjects.size());
  if (isNew) {
    std::string of = fmt::format("{}_{}", mangle(item.module), mangle(item.name));
    interface_.importedObjects.push_back({row, {}, fields_.take(of), symbol("make_", of)});
  }
  interface_.importedObjects[found->second].rows.push_back(row);
}

base::Result<void> Naming::nameImports() {
  for (uint32_t row = 0; row < module_.imports.size(); ++row) {
    const wasm::Import& item = module_.imports[row];
    if (addToInstance(row) || isFromLibrary(item)) continue;
    if (item.kind == ExternKind::Function) {
      TRY(nameFunction(row));
    } else {
      nameObject(row);
    }
  }
  for (const FromInstance& from : interface_.fromInstances) {
    if (!from.rows.empty()) continue;
    return base::Error{"", fmt::format("nothing is imported from '{}', which --import-instance "
                                       "names",
                                       from.module)};
  }
  return {};
}

}  // namespace

size_t Interface::importCount() const {
  size_t count = imports.size();
  for (const ImportedObject& object : importedObjects) count += object.rows.size();
  for (const FromInstance& from : fromInstances) count += from.rows.size();
  return count;
}

base::Result<Interface> interfaceOf(const wasm::Module& module, const Options& options) {
  Naming naming(module, options);
  naming.nameExports();
  TRY(naming.nameImports());
  return naming.take();
}

}  // namespace c_interface
