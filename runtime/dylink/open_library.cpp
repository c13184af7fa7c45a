// The libraries that a program opens while it runs.
#include <fmt/format.h>

#include <algorithm>

#include "runtime/dylink/dynamic_linker.h"

namespace runtime {

using base::Error;
using base::Result;

namespace {

constexpr char kEnv[] = "env";

// Each failure leaves objects in the store, which count for no limit.
constexpr uint32_t kMostFailures = 1000;

template <class T>
bool addTo(std::vector<T>& seen, T value) {
  if (std::ranges::find(seen, value) != seen.end()) return false;
  seen.push_back(value);
  return true;
}

}  // namespace

void DynamicLinker::addOpenable(std::string name, std::shared_ptr<const Module> library) {
  openable_.insert_or_assign(std::move(name), std::move(library));
}

const DynamicLinker::Unit* DynamicLinker::loadedUnit(std::string_view name) const {
  // The program has no name, and no other unit has an empty one.
  auto found = std::ranges::find(units_, name, &Unit::name);
  return found == units_.end() || name.empty() ? nullptr : &*found;
}

// The guest's allocator and constructors may open libraries, too. Those of the first cannot: units
// without an instance are there then.
Expected<uint32_t, Failure> DynamicLinker::open(std::string_view name, bool isGlobal) {
  if (isLinking_) return Error{"", "another library is being linked"};
  size_t first = units_.size();
  const Unit* unit = loadedUnit(name);
  if (unit == nullptr) {
    if (failures_ >= kMostFailures) return Error{"", "too many libraries could not be loaded"};
    Scope scope{symbols_, linker_};
    size_t orderedBefore = ordered_.size(), addressesBefore = addresses_.size();
    auto collected = collect(std::string(name));
    size_t end = units_.size();
    Expected<void, Failure> loaded;
    if (collected) {
      loaded = load(first);
    } else {
      loaded = collected.error();
    }
    isLinking_ = false;
    if (!loaded) {
      if (end != first) ++failures_;
      // Units behind them are of libraries that a constructor has opened.
      for (size_t i = first; i < end; ++i) units_[i] = Unit();
      ordered_.resize(orderedBefore);
      addresses_.resize(addressesBefore);
    }
    restore(std::move(scope));
    if (!loaded) return std::move(loaded).error();
    unit = &units_[first];
  }
  if (isGlobal) makeGlobal(*unit);
  auto at = std::ranges::find_if(units_, [&](const Unit& each) { return &each == unit; });
  return static_cast<uint32_t>(at - units_.begin()) + 1;
}

// Adds a library and all that it needs as units, unless they are loaded.
Result<void> DynamicLinker::collect(const std::string& name) {
  auto found = openable_.find(name);
  if (found == openable_.end()) {
    return Error{"", fmt::format("the library {} is not granted", name)};
  }
  Unit& unit = units_.emplace_back();
  unit.name = name;
  unit.module = found->second;
  unit.isGlobal = false;
  TRY(prepare(unit));
  if (unit.module->descriptor().dylink.count == 0) {
    return Error{"", fmt::format("library {}: is not position-independent", name)};
  }
  for (std::string_view needed : unit.section.needed) {
    if (loadedUnit(needed) == nullptr && openable_.contains(needed)) {
      TRY(collect(std::string(needed)));
    }
  }
  return {};
}

// Instantiates, binds and initializes the units from `first` on.
Expected<void, Failure> DynamicLinker::load(size_t first) {
  isLinking_ = true;
  size_t orderedBefore = ordered_.size(), addressesBefore = addresses_.size();
  TRY(order(units_[first]));
  std::vector<const Unit*> seen;
  for (size_t i = first; i < units_.size(); ++i) adoptNeeded(units_[i], seen);
  std::vector<Unit*> loaded(ordered_.begin() + static_cast<ptrdiff_t>(orderedBefore),
                            ordered_.end());
  for (Unit* library : loaded) {
    TRY(placeLibrary(*library));
    TRY(instantiate(*library));
  }
  for (Unit* library : loaded) TRY(bindFunctions(*library));
  refreshTable();
  tableIndices_.clear();  // there are new elements
  for (size_t i = addressesBefore; i < addresses_.size(); ++i) TRY(fillAddress(addresses_[i]));
  for (Unit* library : loaded) TRY(applyRelocations(*library));
  isLinking_ = false;
  for (Unit* library : loaded) TRY(construct(*library));
  return {};
}

// Lets symbols be found of loaded libraries that a new one needs, which may not be global.
void DynamicLinker::adoptNeeded(const Unit& unit, std::vector<const Unit*>& seen) {
  for (std::string_view needed : unit.section.needed) {
    const Unit* found = loadedUnit(needed);
    if (found == nullptr || !addTo(seen, found)) continue;
    if (found->instance != nullptr && !found->isGlobal) adoptExports(*found);
    adoptNeeded(*found, seen);
  }
}

// The library and those that it needs come behind all that are global already.
void DynamicLinker::makeGlobal(const Unit& unit) {
  auto own = std::ranges::find_if(units_, [&](const Unit& each) { return &each == &unit; });
  if (own->isGlobal) return;
  own->isGlobal = true;
  adoptExports(unit);
  for (std::string_view needed : unit.section.needed) {
    if (const Unit* found = loadedUnit(needed)) makeGlobal(*found);
  }
}

// But what constructors have made global remains so. And tags are those of all libraries, which
// must agree on them to catch each other's exceptions.
void DynamicLinker::restore(Scope scope) {
  symbols_ = std::move(scope.symbols);
  linker_ = std::move(scope.definitions);
  for (const Unit& unit : units_) {
    if (unit.isGlobal && unit.instance != nullptr) adoptExports(unit);
  }
  for (const auto& [name, tag] : madeTags_) {
    if (!linker_.find(kEnv, name)) linker_.define(kEnv, name, tag);
  }
}

std::optional<DynamicLinker::Symbol> DynamicLinker::findIn(const Unit& unit, std::string_view name,
                                                           std::vector<const Unit*>& seen) const {
  for (const abi::Export& entry : unit.module->descriptor().exports) {
    if (toView(entry.name) == name) return symbolOf(unit, entry);
  }
  for (std::string_view needed : unit.section.needed) {
    const Unit* found = loadedUnit(needed);
    if (found == nullptr || !addTo(seen, found)) continue;
    if (auto symbol = findIn(*found, name, seen)) return symbol;
  }
  return std::nullopt;
}

Result<uint32_t> DynamicLinker::addressOf(uint32_t handle, std::string_view name, SymbolKind kind) {
  if (isLinking_) return Error{"", "a library is being linked"};
  if (!isHandle(handle)) return Error{"", fmt::format("{} is no handle of a library", handle)};
  std::optional<Symbol> symbol;
  if (handle <= 1) {
    // The program and all that is global.
    auto found = symbols_.find(name);
    if (found != symbols_.end()) symbol = found->second;
  } else {
    const Unit& unit = units_[handle - 1];
    std::vector<const Unit*> seen = {&unit};
    symbol = findIn(unit, name, seen);
  }
  bool isFunction = symbol && symbol->function && kind != SymbolKind::Data;
  bool isData = symbol && symbol->address && kind != SymbolKind::Function;
  if (isFunction) return tableIndexOf(*symbol->function);
  if (isData) return *symbol->address;
  return Error{"", fmt::format("there is no symbol {}", name)};
}

Expected<uint32_t, Failure> DynamicLinker::allocateBytes(uint32_t size) {
  DylinkSection section;
  section.memorySize = size;
  return allocate(section);
}

}  // namespace runtime
