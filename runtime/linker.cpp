#include "runtime/linker.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <vector>

#include "runtime/base/nearest.h"
#include "runtime/types/type_registry.h"

namespace runtime {

void Linker::define(std::string_view module, std::string_view name, Extern value) {
  definitions_.insert_or_assign(Name(module, name), std::move(value));
}

void Linker::defineInstance(std::string_view module, const Instance& instance) {
  for (const abi::Export& entry : instance.module().descriptor().exports) {
    define(module, toView(entry.name), instance.exported(entry));
  }
  if (!isInstance(module)) instances_.emplace_back(module);
}

std::optional<Extern> Linker::find(std::string_view module, std::string_view name) const {
  if (auto found = definitions_.find(Name(module, name)); found != definitions_.end()) {
    return found->second;
  }
  if (isInstance(module)) return std::nullopt;
  for (const Library& library : libraries_) {
    if (std::optional<HostFunction> function = library(module, name)) return *std::move(function);
  }
  return std::nullopt;
}

base::Result<std::optional<Extern>> Linker::resolve(Store& store, const Module& module,
                                                    const abi::Import& import) const {
  std::string_view from = toView(import.module);
  std::string_view name = toView(import.name);
  std::optional<Extern> value = find(from, name);
  // An instance is all of its module.
  if (isInstance(from)) return value;
  bool isMissing = !value || !matches(module, import, *value);
  if (isMissing && import.kind == abi::ExternKind::Function) {
    const FuncType& type = canonicalType(module.typeId(import.typeIndex)).func;
    for (const MissingFunction& missing : missing_) {
      if (auto made = missing(from, name, type)) return std::optional<Extern>(*std::move(made));
    }
  }
  if (!value && missingGlobal_ && import.kind == abi::ExternKind::Global) {
    TRY_ASSIGN(Global * made, missingGlobal_(store, from, name, module.canonical(import.global)));
    if (made != nullptr) return std::optional<Extern>(made);
  }
  // A definition of another type is returned too: Store::instantiate reports both types.
  return value;
}

bool Linker::isInstance(std::string_view module) const {
  return std::ranges::find(instances_, module) != instances_.end();
}

// Returns what an unknown import may be instead: the export with the nearest name, or the first
// ones, since a library may have thousands.
std::string Linker::describeExportsOf(std::string_view module, std::string_view wanted) const {
  constexpr size_t kShown = 4;
  std::vector<std::string_view> names;
  for (const auto& [name, value] : definitions_) {
    if (name.first == module) names.emplace_back(name.second);
  }
  if (names.empty()) return fmt::format("{} exports nothing", module);
  std::span<const std::string_view> shown = std::span(names).first(std::min(kShown, names.size()));
  std::optional<std::string_view> meant = base::nearest(wanted, names);
  if (meant) shown = std::span(&*meant, 1);
  std::string list;
  for (std::string_view name : shown) {
    list += fmt::format("{}{} ({})", list.empty() ? "" : ", ", name, describe(*find(module, name)));
  }
  size_t others = names.size() - shown.size();
  if (others != 0) list += fmt::format(" and {} more", others);
  return fmt::format("{} exports {}", module, list);
}

base::Result<std::vector<Extern>> Linker::resolve(Store& store, const Module& module) const {
  // All unknown imports are collected, so that one error names them all.
  std::vector<Extern> imports;
  std::string unknown;
  for (const abi::Import& import : module.descriptor().imports) {
    TRY_ASSIGN(std::optional<Extern> value, resolve(store, module, import));
    if (value) {
      imports.push_back(*std::move(value));
      continue;
    }
    std::string_view from = toView(import.module);
    unknown += fmt::format("{}unknown import {}.{} ({})", unknown.empty() ? "" : "\n", from,
                           toView(import.name), describe(module, import));
    if (isInstance(from)) {
      unknown += "; " + describeExportsOf(from, toView(import.name));
    }
  }
  if (!unknown.empty()) return base::Error{"", std::move(unknown)};
  return imports;
}

Expected<Instance*, Failure> Linker::instantiate(Store& store, std::shared_ptr<const Module> module,
                                                 const Store::Published& published) const {
  TRY_ASSIGN(std::vector<Extern> imports, resolve(store, *module));
  return store.instantiate(std::move(module), imports, published);
}

}  // namespace runtime
