// An output file that appears whole or not at all: it is written under a temporary name in the same
// directory, and renamed when it is complete.
#pragma once

#include <span>
#include <string>

#include "runtime/base/result.h"

namespace driver {

// The output of the compiler. Standard output, devices, pipes and paths of file descriptors are
// written in place, since a rename would replace them; they may remain incomplete after an error.
class OutputFile {
 public:
  // Creates the temporary file beside `path`; "-" is standard output. Returns an error with the
  // message of the system, or if `path` is a directory.
  static base::Result<OutputFile> create(const std::string& path);

  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;
  // Removes the temporary file unless commit() has succeeded.
  ~OutputFile();

  // Writes `bytes` as the whole contents. Called once: another call would replace the contents of a
  // file. Returns an error if the system cannot write all of them.
  base::Result<void> write(std::span<const char> bytes);

  // Gives the file the permissions of a newly created one, 0666 or 0777 without the bits of the
  // umask, and renames it to its path. An existing file, or a symbolic link to one, is replaced
  // atomically. Does nothing for output in place. Not thread-safe, since it changes the umask for a
  // moment.
  base::Result<void> commit(bool isExecutable);

 private:
  OutputFile(std::string path, std::string temporary)
      : path_(std::move(path)), temporary_(std::move(temporary)) {}

  std::string path_;
  std::string temporary_;  // empty after commit() and for output in place
};

}  // namespace driver
