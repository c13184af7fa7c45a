// A file that has no name and no disk, for passing bytes to what wants a file.
#pragma once

#include <string>

#include "runtime/base/bytes.h"
#include "runtime/base/file_content.h"
#include "runtime/base/owned_fd.h"
#include "runtime/base/result.h"

namespace base {

class MemoryFile {
 public:
  // Empty. `name` is for errors, and for people who look at the process.
  static Result<MemoryFile> create(const char* name);
  static Result<MemoryFile> create(const char* name, ByteView bytes);

  int descriptor() const { return fd_.get(); }
  // Opens the same file in this process.
  std::string path() const;
  Result<FileContent> read() const;

 private:
  explicit MemoryFile(OwnedFd fd) : fd_(std::move(fd)) {}

  OwnedFd fd_;
};

// Writes all of `bytes`; `name` stands for the file in errors.
Result<void> writeAll(int fd, ByteView bytes, const std::string& name);

}  // namespace base
