// Valid modules to modules of the runtime, all in this process: what wasm2obj makes, loaded as
// wasmrun does.
#pragma once

#include <memory>

#include "compiler/codegen/target/target.h"
#include "compiler/wasm/validate/validate.h"
#include "runtime/module/module.h"

namespace wast {

class ModuleCompiler {
 public:
  ModuleCompiler(const codegen::Options& options, const codegen::Target& target)
      : options_(options), target_(target) {}

  // `module` passes codegen::checkTranslated.
  base::Result<std::shared_ptr<const runtime::Module>> compile(const wasm::ValidModule& module);

 private:
  const codegen::Options& options_;
  const codegen::Target& target_;
};

}  // namespace wast
