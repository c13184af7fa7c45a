// The compilation of modules to artifacts that are loaded in this process: wasm2obj and wasmrun in
// one.
#pragma once

#include <memory>
#include <optional>

#include "compiler/codegen/options.h"
#include "compiler/wasm/validate/validate.h"
#include "runtime/base/result.h"
#include "runtime/module/module.h"

namespace wast {

// A compiler with fixed options. `wast` contains one of two: the compiler itself, or, where LLVM is
// not available, one that calls `wasm2obj`.
class ModuleCompiler {
 public:
  // Installs the signal handlers of the compiler, if it has some. A process that runs scripts calls
  // this before it creates the first store, whose handlers come on top, and before it forks.
  static void installSignalHandlers();

  // Returns the compiler that this build contains. Fails if there is no such CPU, or no wasm2obj.
  static base::Result<std::unique_ptr<ModuleCompiler>> create(const codegen::Options& options);
  virtual ~ModuleCompiler() = default;

  // Returns a feature of the module that is not translated, if it has one.
  virtual std::optional<wasm::Feature> untranslated(const wasm::ValidModule& module) const = 0;

  // Returns the loaded module, or an error if compiling, linking or loading fails. Requires that
  // all features of `module` are translated. It is not needed afterwards. Thread-safe.
  virtual base::Result<std::shared_ptr<const runtime::Module>> compile(
      const wasm::ValidModule& module) const = 0;
};

}  // namespace wast
