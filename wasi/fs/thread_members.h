// Members of objects that several threads use. The objects can be moved as long as only one thread
// uses them.
#pragma once

#include <atomic>
#include <mutex>

namespace wasi {

// A value that threads read and write as a whole, without an order of these accesses.
template <class T>
class Relaxed {
 public:
  Relaxed(T value = T{}) : value_(value) {}
  Relaxed(const Relaxed& other) : value_(other.load()) {}
  Relaxed& operator=(const Relaxed& other) { return *this = other.load(); }
  Relaxed& operator=(T value) {
    value_.store(value, std::memory_order_relaxed);
    return *this;
  }
  Relaxed& operator&=(T value) { return *this = static_cast<T>(load() & value); }

  T load() const { return value_.load(std::memory_order_relaxed); }
  operator T() const { return load(); }

 private:
  std::atomic<T> value_;
};

// A mutex that each object has for itself: it is neither copied nor moved.
struct OwnMutex : std::mutex {
  OwnMutex() = default;
  OwnMutex(const OwnMutex&) noexcept {}
  OwnMutex& operator=(const OwnMutex&) noexcept { return *this; }
};

}  // namespace wasi
