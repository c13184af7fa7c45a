// The identifiers in a printed module: the names of its name section that can be identifiers. Names
// that are empty, or that another item of the index space has, cannot.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "compiler/wasm/binary/name_section.h"
#include "compiler/wasm/module.h"
#include "compiler/wasm/text/parse/index_space.h"

namespace wasm {

// Functions return an empty name for an item without an identifier. Names are views of the name
// section, which is a part of the module.
class PrintNames {
 public:
  // Reads the name section of `module`, which must outlive this object.
  explicit PrintNames(const Module& module);

  // Returns the name of the module.
  std::string_view module() const { return module_; }
  // Returns the identifier of an item of the module, or of a field of a struct type. Indices may be
  // out of bounds.
  std::string_view of(IndexSpace space, uint32_t index) const {
    const std::vector<std::string_view>& names = spaces_[static_cast<size_t>(space)];
    return index < names.size() ? names[index] : std::string_view();
  }
  std::string_view field(uint32_t type, uint32_t index) const;
  // Return the names of a function's locals, including parameters, and of its labels, which are
  // numbered in the order of their instructions.
  const NameMap& locals(uint32_t function) const { return find(locals_, function); }
  const NameMap& labels(uint32_t function) const { return find(labels_, function); }

  // sayAll() returns whether parsing the identifiers generates the same name section. The result is
  // final only after functionHasLabels() has been called for all functions, with the number of
  // their labels.
  bool sayAll() const { return sayAll_; }
  void functionHasLabels(uint32_t function, uint32_t count);

 private:
  using NameMaps = std::map<uint32_t, NameMap>;

  const NameMap& find(const NameMaps& maps, uint32_t index) const;
  void take(const ModuleNames& names, const Module& module);
  void takeSpace(IndexSpace space, const NameMap& names, size_t size);
  NameMap distinct(const NameMap& names, size_t size);
  void takeLocals(const NameMaps& lists, const Module& module);
  void takeLabels(const NameMaps& lists, const Module& module);
  void takeFields(const NameMaps& lists, const Module& module);

  std::string_view module_;
  std::array<std::vector<std::string_view>, kSpaces> spaces_;
  NameMaps locals_;
  NameMaps labels_;
  NameMaps fields_;
  const NameMap none_;
  bool sayAll_ = true;
};

}  // namespace wasm
