// A file's bytes, mapped read-only. Owns the mapping and the descriptor.
#pragma once

#include <string>

#include "runtime/base/bytes.h"
#include "runtime/base/result.h"

namespace base {

class MappedFile {
 public:
  // Fails with the system's reason when `path` cannot be opened or is not a regular file.
  static Result<MappedFile> open(const std::string& path);

  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();

  ByteView bytes() const { return {data_, size_}; }
  int descriptor() const { return fd_; }

 private:
  MappedFile(const uint8_t* data, size_t size, int fd) : data_(data), size_(size), fd_(fd) {}

  const uint8_t* data_ = nullptr;
  size_t size_ = 0;
  int fd_ = -1;
};

}  // namespace base
