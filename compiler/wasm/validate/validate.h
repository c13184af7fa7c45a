// Validation (section 3): the only way from Module to ValidModule.
#pragma once

#include "compiler/wasm/module.h"
#include "runtime/base/result.h"

namespace wasm {

// A module that passed validation; what is translated. Immutable.
class ValidModule {
 public:
  const Module& operator*() const { return module_; }
  const Module* operator->() const { return &module_; }

 private:
  friend base::Result<ValidModule> validate(Module module);
  explicit ValidModule(Module module) : module_(std::move(module)) {}
  Module module_;
};

base::Result<ValidModule> validate(Module module);

}  // namespace wasm
