// Reservations of deleted linear memories, for new ones: making one anew takes several times as
// long, and threads that do so wait for each other, since all mappings of a process have one lock.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "runtime/memory/reservation.h"

namespace runtime {

// The pool of one memory of a module. All members are thread-safe.
class MemoryPool {
 public:
  // `owner` keeps the memory's image alive.
  explicit MemoryPool(std::shared_ptr<void> owner) : owner_(std::move(owner)) {}
  // Sets how many reservations it holds at most, 0 at first, and frees those beyond.
  void setCapacity(size_t count);
  // Returns a reservation whose accessible bytes are as they were at first, or nothing.
  std::optional<Reservation> take();
  // Resets a reservation whose memory has `initialBytes` at first and keeps it. Frees it instead if
  // the pool is full.
  void give(Reservation reservation, uint64_t initialBytes);

 private:
  bool isFull();

  std::shared_ptr<void> owner_;
  std::mutex mutex_;
  size_t capacity_ = 0;
  std::vector<Reservation> reservations_;
};

}  // namespace runtime
