// Validation (section 3): the only way from Module to ValidModule.
#pragma once

#include "compiler/wasm/module.h"
#include "compiler/wasm/type_relations.h"
#include "compiler/wasm/validate/required_features.h"
#include "runtime/base/result.h"

namespace wasm {

// A module that passed validation; what is translated. Immutable.
class ValidModule {
 public:
  ValidModule(ValidModule&&) = default;
  ValidModule& operator=(ValidModule&&) = default;

  const Module& operator*() const { return module_; }
  const Module* operator->() const { return &module_; }

  // Equality and subtyping of the module's types.
  const TypeRelations& typeRelations() const { return relations_; }
  // What the module uses beyond WebAssembly 1.0.
  const RequiredFeatures& requiredFeatures() const { return features_; }

 private:
  friend base::Result<ValidModule> validate(Module module);
  ValidModule(Module module, TypeRelations relations, RequiredFeatures features)
      : module_(std::move(module)), relations_(std::move(relations)), features_(features) {}
  Module module_;
  TypeRelations relations_;  // refers to the elements of module_.types, which do not move
  RequiredFeatures features_;
};

// All of WebAssembly 3.0, threads, wide arithmetic, custom page sizes and legacy exceptions are
// validated. An error names the byte offset and, where types disagree, both of them.
base::Result<ValidModule> validate(Module module);

}  // namespace wasm
