// Output that appears whole or not at all: written under a temporary name in the same directory,
// and renamed when it is complete.
#pragma once

#include <span>
#include <string>

#include "runtime/base/result.h"

namespace driver {

class OutputFile {
 public:
  // Creates the temporary file beside `path`. "-" means standard output.
  static base::Result<OutputFile> create(const std::string& path);

  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;
  // Removes what was not committed.
  ~OutputFile();

  // Where to write; exists and is empty.
  const std::string& temporaryPath() const { return temporary_; }

  base::Result<void> write(std::span<const char> bytes);

  // Gives the file the permissions a newly created one has (with execute permission if asked) and
  // its name.
  base::Result<void> commit(bool isExecutable);

 private:
  OutputFile(std::string path, std::string temporary)
      : path_(std::move(path)), temporary_(std::move(temporary)) {}

  std::string path_;
  std::string temporary_;  // empty once committed
};

// A directory of temporary files, removed with all of them at the end.
class TemporaryDirectory {
 public:
  static base::Result<TemporaryDirectory> create();
  TemporaryDirectory(TemporaryDirectory&& other) noexcept;
  TemporaryDirectory& operator=(TemporaryDirectory&&) = delete;
  ~TemporaryDirectory();
  const std::string& path() const { return path_; }

 private:
  explicit TemporaryDirectory(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

base::Result<void> writeFile(const std::string& path, std::span<const char> bytes);

}  // namespace driver
