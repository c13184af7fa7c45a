// wasm2obj as a separate process: wasmrun itself has no compiler inside.
#pragma once

#include <string>
#include <vector>

#include "runtime/base/result.h"

namespace run {

class CompilerProcess {
 public:
  // Finds wasm2obj beside this executable, else on PATH.
  static base::Result<CompilerProcess> find();

  // Tells this build of the compiler from others.
  std::string identity() const;
  const std::string& path() const { return path_; }

  // Compiles `module` into the shared object `output`; says so on standard error when it takes more
  // than a second. Its own errors have been told when this fails, and `error.message` is empty.
  base::Result<void> compile(const std::string& module, const std::string& output,
                             const std::vector<std::string>& options) const;

 private:
  explicit CompilerProcess(std::string path) : path_(std::move(path)) {}

  std::string path_;
};

}  // namespace run
