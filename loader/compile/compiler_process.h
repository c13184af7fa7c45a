// The compiler wasm2obj as a child process. The programs that load modules do not contain it.
#pragma once

#include <string>
#include <vector>

#include "runtime/base/bytes.h"
#include "runtime/base/file_content.h"
#include "runtime/base/result.h"

namespace compile {

// How to run the compiler if its input may be hostile.
struct Confinement {
  // Gives up rights, in the child process, before it executes the compiler. Returns whether it
  // could. May set all descriptors above the standard streams to be closed by exec().
  bool (*enter)();
  int seconds;  // after which the compiler is ended
};

// An installed compiler.
class CompilerProcess {
 public:
  // Finds wasm2obj in the folder of this executable, or else on PATH. Fails if there is none.
  static base::Result<CompilerProcess> find();
  // Returns the compiler at `path`, which must be absolute.
  static CompilerProcess at(std::string path) { return CompilerProcess(std::move(path)); }

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
  // Likewise, for a module that may be hostile. Prints nothing: the text of the Error contains the
  // beginning of what the compiler has printed.
  base::Result<base::FileContent> compileConfined(base::ByteView module, const std::string& name,
                                                  const Confinement& confinement) const;

 private:
  explicit CompilerProcess(std::string path) : path_(std::move(path)) {}

  std::string path_;
};

}  // namespace compile
