// An owner of a file descriptor.
#pragma once

#include <unistd.h>

#include <utility>

namespace base {

// Owns a file descriptor of the operating system and closes it in its destructor. A negative number
// is no descriptor. The move assignment exchanges the descriptors of the two objects.
class OwnedFd {
 public:
  OwnedFd() = default;
  explicit OwnedFd(int fd) : fd_(fd) {}
  OwnedFd(OwnedFd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  OwnedFd& operator=(OwnedFd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~OwnedFd() {
    if (fd_ >= 0) ::close(fd_);
  }

  // Returns the descriptor, which the object continues to own.
  int get() const { return fd_; }
  // Returns the descriptor, which the caller must close.
  int release() { return std::exchange(fd_, -1); }
  bool isValid() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

}  // namespace base
