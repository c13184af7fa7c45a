// The content of a file in private memory. Unlike a mapping of the file, later changes of the file
// do not affect it, and accesses to it do not fault if the file is truncated.
#pragma once

#include <span>
#include <string>

#include "runtime/base/bytes.h"
#include "runtime/base/result.h"

namespace base {

// The path that means standard input.
inline constexpr char kStandardInput[] = "-";

// Owns the bytes of a file, in an anonymous private mapping. All functions that read fail with an
// Error that names the file if a system call fails or memory is exhausted.
class FileContent {
 public:
  // Reads a file, pipe or device to its end; kStandardInput is standard input. Waits for the other
  // end of a pipe. Fails for directories, and if a file whose size is not known before, such as a
  // pipe, has more than 1 GiB.
  static Result<FileContent> read(const std::string& path);
  // Reads a regular file. Fails for all others, without waiting for the other end of a pipe.
  static Result<FileContent> readRegular(const std::string& path);
  // Reads an open regular file from its current offset to its end. Does not close `fd`. Errors
  // contain `name`.
  static Result<FileContent> readRegular(int fd, const std::string& name);
  // Returns a copy of `bytes`.
  static Result<FileContent> copyOf(ByteView bytes);

  // The assignment exchanges the contents of the two objects.
  FileContent(FileContent&& other) noexcept { swap(other); }
  FileContent& operator=(FileContent&& other) noexcept {
    swap(other);
    return *this;
  }
  ~FileContent();

  // Returns the bytes of the file. They start at a page.
  ByteView bytes() const { return {data_, size_}; }
  // Returns the pages that contain the bytes, which may be modified and protected. The bytes behind
  // those of the file are zero.
  std::span<uint8_t> pages() { return {data_, capacity_}; }

 private:
  FileContent() = default;
  static Result<FileContent> readOpen(int fd, const std::string& name, bool isRegular);
  void swap(FileContent& other) noexcept;
  bool reserve(size_t capacity);
  Result<void> readToEnd(int fd, const std::string& name, size_t limit);

  uint8_t* data_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;  // of the mapping
};

}  // namespace base
