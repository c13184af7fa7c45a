// The functions that the initial values of globals store in fields of structs. Virtual tables are
// such structs. A call through the field mostly calls one of these functions.
#pragma once

#include <map>
#include <vector>

#include "compiler/codegen/plan/object_layouts.h"
#include "compiler/wasm/validate/validate.h"

namespace codegen {

// The functions of one module by field. Immutable, so threads can share it.
class StoredFunctions {
 public:
  StoredFunctions(const wasm::ValidModule& module, const ObjectLayouts& layouts);

  // Returns the indices of the functions that are stored in a field of a struct type or of types
  // with the same declaration of the field. None of them is an import. Returns an empty list if
  // there are none, or more than are worth a comparison each.
  const std::vector<uint32_t>& find(uint32_t typeIndex, uint32_t field) const;

 private:
  void addStores(wasm::CodeRange init);
  void add(uint32_t typeIndex, uint32_t field, uint32_t function);

  const wasm::Module& module_;
  const ObjectLayouts& layouts_;
  // By the field's declaration (FieldPlace) and its index. Longer than find() returns if there are
  // too many.
  std::map<std::pair<uint32_t, uint32_t>, std::vector<uint32_t>> functions_;
};

}  // namespace codegen
