// A file descriptor of the host that is either owned, so that the destructor closes it, or borrowed
// from an owner that keeps it open for longer.
#pragma once

#include <unistd.h>

#include <utility>

namespace wasi {

// Movable, not copyable. A moved-from object is invalid.
class HostFd {
 public:
  HostFd() = default;
  // Takes ownership of `owned`. Accepts the -1 of a failed system call and is invalid then.
  explicit HostFd(int owned) : fd_(owned), owned_(true) {}
  // Returns a HostFd that does not close `fd`.
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

  // Returns the descriptor, or a negative number if there is none.
  int get() const { return fd_; }
  bool valid() const { return fd_ >= 0; }

 private:
  void reset() {
    // Linux frees the descriptor even if close() fails, with EINTR for example. A retry could close
    // a descriptor that another thread has opened since.
    if (owned_ && fd_ >= 0) ::close(fd_);
    fd_ = -1;
    owned_ = false;
  }

  int fd_ = -1;
  bool owned_ = false;
};

}  // namespace wasi
