// A host file descriptor: owned and closed at the end, or borrowed from someone who outlives this.
#pragma once

#include <unistd.h>

#include <utility>

namespace wasi {

class HostFd {
 public:
  HostFd() = default;
  explicit HostFd(int owned) : fd_(owned), owned_(true) {}
  static HostFd borrow(int fd) {
    HostFd result;
    result.fd_ = fd;
    return result;
  }
  HostFd(HostFd&& other) noexcept
      : fd_(std::exchange(other.fd_, -1)), owned_(std::exchange(other.owned_, false)) {}
  HostFd& operator=(HostFd&& other) noexcept {
    if (this != &other) {
      reset();
      fd_ = std::exchange(other.fd_, -1);
      owned_ = std::exchange(other.owned_, false);
    }
    return *this;
  }
  ~HostFd() { reset(); }

  int get() const { return fd_; }
  bool valid() const { return fd_ >= 0; }

 private:
  void reset() {
    // Linux frees the descriptor whatever close() says, so there is nothing to retry.
    if (owned_ && fd_ >= 0) ::close(fd_);
    fd_ = -1;
    owned_ = false;
  }

  int fd_ = -1;
  bool owned_ = false;
};

}  // namespace wasi
