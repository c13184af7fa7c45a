// The context of validation (section 3.1.6): the module, its type relations, and facts about it
// that are collected during validation.
#pragma once

#include <string_view>
#include <vector>

#include "compiler/wasm/module.h"
#include "compiler/wasm/type_relations.h"
#include "compiler/wasm/validate/required_features.h"
#include "runtime/base/result.h"

namespace wasm {

// Shared by the validators of declarations and code.
struct ModuleContext {
  const Module& module;
  TypeRelations relations;
  RequiredFeatures features;
  // For each function, whether it occurs outside of function bodies, so that ref.func may name it.
  std::vector<bool> referable;

  // Check that the type index in a type is in bounds, and record the features that the type needs.
  // `offset` is the position for errors.
  base::Result<void> checkType(ValueType type, uint32_t offset);
  base::Result<void> checkHeapType(HeapType type, uint32_t offset);
  // Returns whether the type index in a type is in bounds.
  bool isKnown(HeapType type) const {
    return !type.isConcrete() || type.typeIndex() < module.types.size();
  }
  // Record the features that a type needs.
  void noteType(ValueType type, uint32_t offset);
  void noteHeapType(HeapType type, uint32_t offset);
};

}  // namespace wasm
