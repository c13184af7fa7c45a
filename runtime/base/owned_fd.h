// A descriptor of the operating system that is closed at the end.
#pragma once

#include <unistd.h>

#include <utility>

namespace base {

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

  int get() const { return fd_; }
  // Gives it away, for someone else to close.
  int release() { return std::exchange(fd_, -1); }
  bool isValid() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

}  // namespace base
