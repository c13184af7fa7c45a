// Valid modules to modules of the runtime, all in this process: what wasm2obj makes, loaded as
// wasmrun does.
#pragma once

#include <memory>
#include <string>

#include "compiler/codegen/target.h"
#include "compiler/wasm/validate/validate.h"
#include "runtime/module.h"

namespace wast {

class ModuleCompiler {
 public:
  // Artifacts pass through files whose names begin with `prefix`.
  ModuleCompiler(const codegen::Options& options, const codegen::Target& target, std::string prefix)
      : options_(options), target_(target), prefix_(std::move(prefix)) {}

  // `module` passes codegen::checkTranslated.
  base::Result<std::shared_ptr<const runtime::Module>> compile(const wasm::ValidModule& module);

 private:
  const codegen::Options& options_;
  const codegen::Target& target_;
  std::string prefix_;
  uint32_t count_ = 0;
};

}  // namespace wast
