// The host info of objects: a pointer of the program, with a finalizer.
#pragma once

#include <cstdint>
#include <utility>

namespace standard {

// A pointer of the program and what is to be done with it at the end. Calls the finalizer when it
// is destroyed, and when another one is assigned to it.
class HostInfo {
 public:
  HostInfo() = default;
  HostInfo(void* data, void (*finalizer)(void*)) : data_(data), finalizer_(finalizer) {}
  HostInfo(HostInfo&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)),
        finalizer_(std::exchange(other.finalizer_, nullptr)) {}
  // What was here ends with `other`, so that the finalizer finds the new data.
  HostInfo& operator=(HostInfo&& other) noexcept {
    HostInfo old(std::move(*this));
    data_ = std::exchange(other.data_, nullptr);
    finalizer_ = std::exchange(other.finalizer_, nullptr);
    return *this;
  }
  ~HostInfo() {
    if (finalizer_ != nullptr) finalizer_(data_);
  }

  void* data() const { return data_; }

 private:
  void* data_ = nullptr;
  void (*finalizer_)(void*) = nullptr;
};

}  // namespace standard
