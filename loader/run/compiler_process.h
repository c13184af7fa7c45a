// wasm2obj as a separate process: wasmrun itself has no compiler inside.
#pragma once

#include <string>
#include <vector>

#include "runtime/base/bytes.h"
#include "runtime/base/file_content.h"
#include "runtime/base/result.h"

namespace run {

class CompilerProcess {
 public:
  // Finds wasm2obj beside this executable, else on PATH.
  static base::Result<CompilerProcess> find();

  // Tells this build of the compiler from others.
  std::string identity() const;
  const std::string& path() const { return path_; }

  // The artifact of `module`, which messages call `name`; says so on standard error when it takes
  // more than a second. Its own errors have been told when this fails, and `error.message` is
  // empty. Neither module nor artifact is a file of any disk: what is compiled is what is given
  // here, and there is nothing that may be full.
  base::Result<base::FileContent> compile(base::ByteView module, const std::string& name,
                                          const std::vector<std::string>& options) const;

 private:
  explicit CompilerProcess(std::string path) : path_(std::move(path)) {}

  std::string path_;
};

}  // namespace run
