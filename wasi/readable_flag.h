// Tells whether a file has had something to read. Where io_uring is to be had, that is a word in
// memory which the kernel writes before the call returns by which there came to be something: to
// look costs no system call.
#pragma once

#include <cstddef>
#include <cstdint>
#include <thread>

#include "wasi/host_fd.h"

namespace wasi {

class ReadableFlag {
 public:
  ReadableFlag() = default;
  // Of `file`. With io_uring if `inMemory` and it is to be had (Linux 6.1); else looking asks.
  ReadableFlag(HostFd file, bool inMemory);
  ReadableFlag(ReadableFlag&& other) noexcept { swap(other); }
  ReadableFlag& operator=(ReadableFlag&& other) noexcept {
    ReadableFlag(std::move(other)).swap(*this);
    return *this;
  }
  ~ReadableFlag();

  int file() const { return file_.get(); }
  bool isInMemory() const { return rings_ != nullptr; }
  // Whether there is something to read; in memory, whether there has ever been. Then it is also
  // raised in other threads than the one that made it: when that one ends, the kernel lowers the
  // flag for a moment.
  bool isRaised() const;

 private:
  void swap(ReadableFlag& other);
  bool makeRing();
  bool waitForFile() const;
  uint32_t load(uint32_t offset) const;

  // It keeps the file, too, and is let go of in the background: to close an inotify instance takes
  // 10 ms. So `file_` is closed first.
  HostFd ring_;
  HostFd file_;
  void* rings_ = nullptr;  // the memory shared with the kernel
  size_t size_ = 0;
  uint32_t flags_ = 0;  // offsets there
  uint32_t submitted_ = 0;
  uint32_t completed_ = 0;
  std::thread::id thread_;
};

}  // namespace wasi
