// Values of one call, which are on the stack unless there are many.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace runtime {

// An array of default-constructed values whose number is known when it is made.
template <class T>
class CallArray {
 public:
  explicit CallArray(size_t size) : size_(size), many_(size > kFew ? size : 0) {}
  CallArray(const CallArray&) = delete;
  CallArray& operator=(const CallArray&) = delete;

  T* data() { return size_ > kFew ? many_.data() : few_; }
  T& operator[](size_t index) { return data()[index]; }
  std::span<T> all() { return {data(), size_}; }

 private:
  static constexpr size_t kFew = 16;
  size_t size_;
  T few_[kFew];
  std::vector<T> many_;
};

}  // namespace runtime
