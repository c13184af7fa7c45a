#include "compiler/wasm/text/print/print_names.h"

#include <algorithm>
#include <unordered_set>

namespace wasm {
namespace {

// Return the number of locals with parameters, and of fields. Indices may be out of bounds.
size_t countLocals(const Module& module, const Function& function) {
  size_t count = 0;
  if (function.typeIndex < module.types.size()) {
    count = module.types[function.typeIndex].func.params.size();
  }
  for (const LocalRun& run : function.locals) count += run.count;
  return count;
}

size_t countFields(const Module& module, uint32_t type) {
  bool isStruct = type < module.types.size() && module.types[type].kind == CompositeKind::Struct;
  return isStruct ? module.types[type].fields.size() : 0;
}

}  // namespace

PrintNames::PrintNames(const Module& module) {
  const CustomSection* section = nullptr;
  for (const CustomSection& custom : module.customs) {
    if (custom.name != kNameSection) continue;
    // The identifiers are those of the last of several name sections. All of them are printed as
    // bytes.
    if (section != nullptr) sayAll_ = false;
    section = &custom;
  }
  if (section == nullptr) return;
  base::Result<ModuleNames> names = readNameSection(section->bytes);
  if (!names) {
    // The names of functions are used even if the section is malformed.
    sayAll_ = false;
    module_ = module.names.module;
    takeSpace(IndexSpace::Function, module.names.functions, module.functions.size());
    return;
  }
  // The generated section has the canonical encoding, so another encoding must be printed as bytes.
  base::Bytes canonical = writeNameSection(*names);
  if (!std::equal(canonical.begin(), canonical.end(), section->bytes.begin(),
                  section->bytes.end())) {
    sayAll_ = false;
  }
  take(*names, module);
}

void PrintNames::take(const ModuleNames& names, const Module& module) {
  module_ = names.module;
  takeSpace(IndexSpace::Type, names.types, module.types.size());
  takeSpace(IndexSpace::Function, names.functions, module.functions.size());
  takeSpace(IndexSpace::Table, names.tables, module.tables.size());
  takeSpace(IndexSpace::Memory, names.memories, module.memories.size());
  takeSpace(IndexSpace::Global, names.globals, module.globals.size());
  takeSpace(IndexSpace::Tag, names.tags, module.tags.size());
  takeSpace(IndexSpace::Element, names.elements, module.elements.size());
  takeSpace(IndexSpace::Data, names.data, module.data.size());
  takeLocals(names.locals, module);
  takeLabels(names.labels, module);
  takeFields(names.fields, module);
}

// Stored in a vector, since identifiers of items are looked up very often; locals and labels remain
// in maps.
void PrintNames::takeSpace(IndexSpace space, const NameMap& names, size_t size) {
  if (names.empty()) return;
  std::vector<std::string_view>& out = spaces_[static_cast<size_t>(space)];
  out.resize(size);
  for (const auto& [index, name] : distinct(names, size)) out[index] = name;
}

// Returns those names that can be identifiers in an index space of this size. Others make sayAll_
// false.
NameMap PrintNames::distinct(const NameMap& names, size_t size) {
  NameMap out;
  std::unordered_set<std::string_view> seen;
  for (const auto& [index, name] : names) {
    if (index < size && !name.empty() && seen.insert(name).second) {
      out.emplace_hint(out.end(), index, name);
    } else {
      sayAll_ = false;
    }
  }
  if (names.empty()) sayAll_ = false;  // an empty list of names
  return out;
}

void PrintNames::takeLocals(const NameMaps& lists, const Module& module) {
  for (const auto& [function, names] : lists) {
    bool exists = function < module.functions.size();
    size_t size = exists ? countLocals(module, module.functions[function]) : 0;
    locals_.emplace(function, distinct(names, size));
  }
}

// Labels may have the same name, since inner ones shadow outer ones.
void PrintNames::takeLabels(const NameMaps& lists, const Module& module) {
  for (const auto& [function, names] : lists) {
    bool hasBody = function >= module.importedFunctions && function < module.functions.size();
    bool hasEmpty = std::any_of(names.begin(), names.end(),
                                [](const auto& entry) { return entry.second.empty(); });
    if (!hasBody || hasEmpty || names.empty()) sayAll_ = false;
    labels_.emplace(function, names);
  }
}

void PrintNames::takeFields(const NameMaps& lists, const Module& module) {
  for (const auto& [type, names] : lists) {
    fields_.emplace(type, distinct(names, countFields(module, type)));
  }
}

const NameMap& PrintNames::find(const NameMaps& maps, uint32_t index) const {
  auto map = maps.find(index);
  return map == maps.end() ? none_ : map->second;
}

std::string_view PrintNames::field(uint32_t type, uint32_t index) const {
  const NameMap& names = find(fields_, type);
  auto name = names.find(index);
  return name == names.end() ? std::string_view() : name->second;
}

// A name for a label that does not exist cannot be printed.
void PrintNames::functionHasLabels(uint32_t function, uint32_t count) {
  const NameMap& names = labels(function);
  if (!names.empty() && names.rbegin()->first >= count) sayAll_ = false;
}

}  // namespace wasm
