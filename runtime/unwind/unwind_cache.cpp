#include "runtime/unwind/unwind_cache.h"

namespace runtime {

// Does nothing if another thread is writing.
void UnwindCache::Entry::set(uint64_t newReturnAddress, const FrameRow& row) {
  uint64_t current = version.load(std::memory_order_relaxed);
  if (current % 2 != 0 ||
      !version.compare_exchange_strong(current, current + 1, std::memory_order_acquire))
    return;
  // Each store releases the odd version, see find().
  returnAddress.store(newReturnAddress, std::memory_order_release);
  for (size_t i = 0; i < words.size(); ++i)
    words[i].store(row.words()[i], std::memory_order_release);
  version.store(current + 2, std::memory_order_release);
}

void UnwindCache::insert(uint64_t returnAddress, const FrameRow& row) {
  entries_[indexOf(returnAddress)].set(returnAddress, row);
}

void UnwindCache::clear(uint64_t generation) {
  for (Entry& entry : entries_) {
    // An entry that another thread is writing at this moment is not cleared. It gets the row of
    // code which that thread runs, so the row is valid.
    if (entry.returnAddress.load(std::memory_order_relaxed) != 0) entry.set(0, FrameRow());
  }
  generation_.store(generation, std::memory_order_release);
}

}  // namespace runtime
