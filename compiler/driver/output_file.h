// Output that appears whole or not at all: written under a temporary name in the same directory,
// and renamed when it is complete.
#pragma once

#include <span>
#include <string>

#include "runtime/base/result.h"

namespace driver {

class OutputFile {
 public:
  // Creates the temporary file beside `path`. "-" means standard output, which is written to as it
  // is; so are devices, pipes, and paths of descriptors.
  static base::Result<OutputFile> create(const std::string& path);

  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;
  // Removes what was not committed.
  ~OutputFile();

  // Appends bytes to the file. Fails if the system cannot write all of them.
  base::Result<void> write(std::span<const char> bytes);

  // Gives the file the permissions a newly created one has (with execute permission if asked) and
  // its name.
  base::Result<void> commit(bool isExecutable);

 private:
  OutputFile(std::string path, std::string temporary)
      : path_(std::move(path)), temporary_(std::move(temporary)) {}

  std::string path_;
  std::string temporary_;  // empty once committed, or where there is none
};

}  // namespace driver
