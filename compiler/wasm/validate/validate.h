// Validation (section 3). Only validate() makes a ValidModule.
#pragma once

#include "compiler/wasm/module.h"
#include "compiler/wasm/type_relations.h"
#include "compiler/wasm/validate/required_features.h"
#include "runtime/base/result.h"

namespace wasm {

// A module that has been validated, and what validation found out about it. Immutable. The code
// generator relies on its validity.
class ValidModule {
 public:
  ValidModule(ValidModule&&) = default;
  ValidModule& operator=(ValidModule&&) = default;

  const Module& operator*() const { return module_; }
  const Module* operator->() const { return &module_; }

  // Returns equivalence and subtyping of the module's types.
  const TypeRelations& typeRelations() const { return relations_; }
  // Returns the features beyond WebAssembly 1.0 that the module needs.
  const RequiredFeatures& requiredFeatures() const { return features_; }

 private:
  friend base::Result<ValidModule> validate(Module module);
  ValidModule(Module module, TypeRelations relations, RequiredFeatures features)
      : module_(std::move(module)), relations_(std::move(relations)), features_(features) {}
  Module module_;
  TypeRelations relations_;  // refers to the elements of module_.types, which moves keep in place
  RequiredFeatures features_;
};

// Validates a module of WebAssembly 3.0 and the proposals threads, wide arithmetic, custom page
// sizes and legacy exceptions. Returns the first error, with its position and, if types do not
// match, the expected and the actual type.
base::Result<ValidModule> validate(Module module);

}  // namespace wasm
