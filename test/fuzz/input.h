// The decoder of a fuzzer's input: a sequence of decisions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace fuzz {

// A position in the input, whose bytes must outlive it. Reads beyond the end return zeros, so that
// every input is valid.
class Input {
 public:
  Input(const uint8_t* data, size_t size) : data_(data), size_(size) {}

  // Returns whether all bytes have been read.
  bool isAtEnd() const { return at_ == size_; }
  // Reads a byte.
  uint8_t byte() { return at_ < size_ ? data_[at_++] : uint8_t{0}; }
  // Reads eight bytes, the most significant one first.
  uint64_t word() {
    uint64_t result = 0;
    for (int i = 0; i < 8; ++i) result = result << 8 | byte();
    return result;
  }
  // Returns the remaining bytes, without reading them.
  std::span<const uint8_t> rest() const { return {data_ + at_, size_ - at_}; }

 private:
  const uint8_t* data_;
  size_t size_;
  size_t at_ = 0;
};

}  // namespace fuzz
