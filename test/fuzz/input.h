// Reads the input of a fuzzer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace fuzz {

// A position in the input. Reading beyond the end returns zeros.
class Input {
 public:
  Input(const uint8_t* data, size_t size) : data_(data), size_(size) {}

  // byte() reads a byte, word() eight of them; rest() returns the remaining ones.
  bool isAtEnd() const { return at_ == size_; }
  uint8_t byte() { return at_ < size_ ? data_[at_++] : uint8_t{0}; }
  uint64_t word() {
    uint64_t result = 0;
    for (int i = 0; i < 8; ++i) result = result << 8 | byte();
    return result;
  }
  std::span<const uint8_t> rest() const { return {data_ + at_, size_ - at_}; }

 private:
  const uint8_t* data_;
  size_t size_;
  size_t at_ = 0;
};

}  // namespace fuzz
