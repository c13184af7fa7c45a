#include "runtime/memory/pool.h"

#include <utility>

namespace runtime {

void MemoryPool::setCapacity(size_t count) {
  std::lock_guard lock(mutex_);
  capacity_ = count;
  while (reservations_.size() > count) reservations_.pop_back();
}

std::optional<Reservation> MemoryPool::take() {
  std::lock_guard lock(mutex_);
  if (reservations_.empty()) return std::nullopt;
  std::optional<Reservation> last(std::move(reservations_.back()));
  reservations_.pop_back();
  return last;
}

bool MemoryPool::isFull() {
  std::lock_guard lock(mutex_);
  return reservations_.size() >= capacity_;
}

// The system calls are made without the lock, so that threads do not wait for them.
void MemoryPool::give(Reservation reservation, uint64_t initialBytes) {
  if (isFull() || !reservation.reset(initialBytes)) return;
  std::lock_guard lock(mutex_);
  if (reservations_.size() < capacity_) reservations_.push_back(std::move(reservation));
}

}  // namespace runtime
