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

// Shared by the validators of declarations and code. Refers to the module, which must outlive it.
struct ModuleContext {
  const Module& module;
  TypeRelations relations;
  RequiredFeatures features;
  // For each function, whether it occurs outside of function bodies (`refs` of the context in the
  // specification), so that ref.func may name it in a body.
  std::vector<bool> referable;

  // Check that the type index in a type is in bounds, and record the features that the type needs.
  // `offset` is the position for errors, in Module::bytes. Return the error "unknown type"
  // otherwise.
  base::Result<void> checkType(ValueType type, uint32_t offset);
  base::Result<void> checkHeapType(HeapType type, uint32_t offset);
  // Returns whether the type index in a type is in bounds. Abstract types have none and are known.
  bool isKnown(HeapType type) const {
    return !type.isConcrete() || type.typeIndex() < module.types.size();
  }
  // Record the features that a type needs as declarations at `offset`. Accept any type index.
  void noteType(ValueType type, uint32_t offset);
  void noteHeapType(HeapType type, uint32_t offset);
};

}  // namespace wasm
