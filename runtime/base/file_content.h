// All bytes of a file as it was at one moment, in memory of our own: what happens to the file later
// neither changes them nor makes reading them fault.
#pragma once

#include <span>
#include <string>

#include "runtime/base/bytes.h"
#include "runtime/base/result.h"

namespace base {

// What names standard input among paths.
inline constexpr char kStandardInput[] = "-";

// A file that was read whole.
class FileContent {
 public:
  // Anything but a directory, read to its end: files, pipes, devices, "-". Waits for pipes.
  static Result<FileContent> read(const std::string& path);
  // Fails for all but regular files, and never waits.
  static Result<FileContent> readRegular(const std::string& path);
  // Of a regular file that is open, from where it stands; `name` stands for it in errors.
  static Result<FileContent> readRegular(int fd, const std::string& name);
  static Result<FileContent> copyOf(ByteView bytes);

  FileContent(FileContent&& other) noexcept { swap(other); }
  FileContent& operator=(FileContent&& other) noexcept {
    swap(other);
    return *this;
  }
  ~FileContent();

  ByteView bytes() const { return {data_, size_}; }
  // The whole pages that hold the bytes, with zeros behind them.
  std::span<uint8_t> pages() { return {data_, capacity_}; }

 private:
  FileContent() = default;
  static Result<FileContent> readOpen(int fd, const std::string& name, bool isRegular);
  void swap(FileContent& other) noexcept;
  bool reserve(size_t capacity);
  Result<void> readToEnd(int fd, const std::string& name, size_t limit);

  uint8_t* data_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace base
