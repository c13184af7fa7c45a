// What allows heaps to take memory, such as an account of several heaps.
#pragma once

#include <cstdint>

namespace runtime::gc {

class MemoryAllowance {
 public:
  // Returns whether a heap may take so many bytes more. Thread-safe, as are calls of the other.
  virtual bool takeForHeap(uint64_t bytes) = 0;
  virtual void giveBackOfHeap(uint64_t bytes) = 0;

 protected:
  ~MemoryAllowance() = default;
};

}  // namespace runtime::gc
