// Compiles modules and loads the artifacts, as wasm2obj and wasmrun do, in this process.
#pragma once

#include <memory>

#include "compiler/codegen/target/target.h"
#include "compiler/wasm/validate/validate.h"
#include "runtime/module/module.h"

namespace wast {

// Options and target must outlive the compiler.
class ModuleCompiler {
 public:
  ModuleCompiler(const codegen::Options& options, const codegen::Target& target)
      : options_(options), target_(target) {}

  // Returns the loaded module. `module` must have been accepted by codegen::checkTranslated.
  base::Result<std::shared_ptr<const runtime::Module>> compile(const wasm::ValidModule& module);

 private:
  const codegen::Options& options_;
  const codegen::Target& target_;
};

}  // namespace wast
