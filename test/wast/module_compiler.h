// The compilation of modules to artifacts that are loaded in this process: wasm2obj and wasmrun in
// one, without files.
#pragma once

#include <memory>

#include "compiler/codegen/target/target.h"
#include "compiler/wasm/validate/validate.h"
#include "runtime/module/module.h"

namespace wast {

// A compiler with fixed options. Options and target must outlive it.
class ModuleCompiler {
 public:
  ModuleCompiler(const codegen::Options& options, const codegen::Target& target)
      : options_(options), target_(target) {}

  // Returns the loaded module, or an error if linking or loading fails. Requires that `module` has
  // been accepted by codegen::checkTranslated. It is not needed afterwards.
  base::Result<std::shared_ptr<const runtime::Module>> compile(const wasm::ValidModule& module);

 private:
  const codegen::Options& options_;
  const codegen::Target& target_;
};

}  // namespace wast
