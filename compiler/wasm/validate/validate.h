// Validation (section 3): the check that every module passes before it is compiled. Only validate()
// creates a ValidModule, so that code which takes one needs no checks of its own.
#pragma once

#include "compiler/wasm/module.h"
#include "compiler/wasm/type_relations.h"
#include "compiler/wasm/validate/required_features.h"
#include "runtime/base/result.h"

namespace wasm {

// A validated module, and the facts about it that validation has collected. Immutable, so threads
// can share it. The input that the module refers to must outlive it.
class ValidModule {
 public:
  ValidModule(ValidModule&&) = default;
  ValidModule& operator=(ValidModule&&) = default;

  // Return the module.
  const Module& operator*() const { return module_; }
  const Module* operator->() const { return &module_; }

  // Returns equivalence and subtyping of the module's types. Valid until this object is destroyed.
  const TypeRelations& typeRelations() const { return relations_; }
  // Returns the features beyond WebAssembly 1.0 that the module needs.
  const RequiredFeatures& requiredFeatures() const { return features_; }

 private:
  friend base::Result<ValidModule> validate(Module module);
  ValidModule(Module module, TypeRelations relations, RequiredFeatures features)
      : module_(std::move(module)), relations_(std::move(relations)), features_(features) {}
  Module module_;
  TypeRelations relations_;  // refers to the elements of module_.types, which stay when it is moved
  RequiredFeatures features_;
};

// Validates a module of WebAssembly 3.0 and the proposals threads, wide arithmetic, custom page
// sizes and legacy exceptions. Returns the first error, with its position and, if types do not
// match, the expected and the actual type. The bytes that the module refers to must outlive the
// result.
base::Result<ValidModule> validate(Module module);

}  // namespace wasm
