// Anonymous files in memory (memfd_create), for interfaces that require a file.
#pragma once

#include <string>

#include "runtime/base/bytes.h"
#include "runtime/base/file_content.h"
#include "runtime/base/owned_fd.h"
#include "runtime/base/result.h"

namespace base {

// Owns the descriptor of a file in memory. The file exists as long as a descriptor or a mapping of
// it does. The descriptor is closed by exec(), unless the caller changes that.
class MemoryFile {
 public:
  // Returns an empty file. `name` appears in errors and in /proc; it need not be unique. Fails if
  // the system refuses the file or a write.
  static Result<MemoryFile> create(const char* name);
  // Returns a file with the content `bytes`, whose offset is 0.
  static Result<MemoryFile> create(const char* name, ByteView bytes);

  // Returns the descriptor, which the object owns.
  int descriptor() const { return fd_.get(); }
  // Returns a path by which this process, or a child that has inherited the descriptor, opens the
  // file.
  std::string path() const;
  // Returns the content. Changes the offset.
  Result<FileContent> read() const;

 private:
  explicit MemoryFile(OwnedFd fd) : fd_(std::move(fd)) {}

  OwnedFd fd_;
};

// Writes all of `bytes` to `fd`, which must be blocking. Errors contain `name`.
Result<void> writeAll(int fd, ByteView bytes, const std::string& name);

}  // namespace base
