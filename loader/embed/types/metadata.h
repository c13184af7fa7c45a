// What a module tells programs of itself.
#pragma once

#include <forward_list>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "loader/embed/types/extern_type.h"
#include "loader/embed/wasm2obj_types.h"
#include "loader/image.h"
#include "runtime/module/module.h"

namespace embed {

// The descriptions of a module's imports and exports, and the facts. Owns their strings.
class Metadata {
 public:
  Metadata(const runtime::Module& module, const loader::Image& image);
  Metadata(const Metadata&) = delete;
  Metadata& operator=(const Metadata&) = delete;

  std::span<const wasm2obj_import_t> imports() const { return imports_; }
  std::span<const wasm2obj_export_t> exports() const { return exports_; }
  const wasm2obj_facts_t& facts() const { return facts_; }

 private:
  const char* keep(std::string_view text) { return texts_.emplace_front(text).c_str(); }
  wasm2obj_extern_type_t describe(const runtime::ExternType& type) {
    return embed::describe(type, types_.emplace_front());
  }
  void setFacts(const abi::ModuleDescriptor& descriptor, const loader::Image& image);

  std::forward_list<std::string> texts_;
  std::forward_list<ExternTypeTexts> types_;
  std::vector<wasm2obj_import_t> imports_;
  std::vector<wasm2obj_export_t> exports_;
  wasm2obj_facts_t facts_{};
};

}  // namespace embed
