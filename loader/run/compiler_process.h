// The compiler wasm2obj as a child process. wasmrun does not contain the compiler.
#pragma once

#include <string>
#include <vector>

#include "runtime/base/bytes.h"
#include "runtime/base/file_content.h"
#include "runtime/base/result.h"

namespace run {

// An installed compiler.
class CompilerProcess {
 public:
  // Finds wasm2obj in the folder of this executable, or else on PATH. Fails if there is none.
  static base::Result<CompilerProcess> find();

  // Returns a string that differs between builds of the compiler: the size of the file and the time
  // of its last modification.
  std::string identity() const;
  // Returns the path of the executable.
  const std::string& path() const { return path_; }

  // Compiles `module`, with `name` for messages, and returns the artifact. Waits for the compiler;
  // if that takes more than a second, prints a note to standard error. If the compiler reports
  // errors, it prints them itself, and this fails with an Error whose text is empty. Fails with a
  // text if the compiler cannot be started or is ended by a signal.
  //
  // Module and artifact are passed in memory files, so that the compiler reads exactly `module`,
  // and no file system can be full.
  base::Result<base::FileContent> compile(base::ByteView module, const std::string& name,
                                          const std::vector<std::string>& options) const;

 private:
  explicit CompilerProcess(std::string path) : path_(std::move(path)) {}

  std::string path_;
};

}  // namespace run
