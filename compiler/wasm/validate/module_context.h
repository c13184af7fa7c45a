// What code and declarations are checked against: the module, its type relations, and what the
// checks learn about it.
#pragma once

#include <string_view>
#include <vector>

#include "compiler/wasm/module.h"
#include "compiler/wasm/type_relations.h"
#include "compiler/wasm/validate/required_features.h"
#include "runtime/base/result.h"

namespace wasm {

struct ModuleContext {
  const Module& module;
  TypeRelations relations;
  RequiredFeatures features;
  // Functions that occur outside of bodies, which ref.func may name.
  std::vector<bool> referable;

  // Checks that a type's index is in bounds, and notes the features the type needs.
  base::Result<void> checkType(ValueType type, uint32_t offset);
  base::Result<void> checkHeapType(HeapType type, uint32_t offset);
  // The same without an error: false if the index is out of bounds.
  bool isKnown(HeapType type) const {
    return !type.isConcrete() || type.typeIndex() < module.types.size();
  }
  void noteType(ValueType type, uint32_t offset);
  void noteHeapType(HeapType type, uint32_t offset);
};

}  // namespace wasm
