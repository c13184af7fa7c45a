// The rows of return addresses that have been unwound through, for all threads of the process.
#pragma once

#include <atomic>
#include <utility>

#include "runtime/unwind/frame_row.h"

namespace runtime {

// A direct-mapped cache. Threads use it without locks: an entry is a sequence lock (seqlock), whose
// version is odd while a writer changes the entry, so that a reader detects that it has read parts
// of two rows. All operations are thread-safe.
class UnwindCache {
 public:
  constexpr UnwindCache() = default;
  UnwindCache(const UnwindCache&) = delete;
  UnwindCache& operator=(const UnwindCache&) = delete;

  // Returns the row of a return address, or nothing if it is not in the cache.
  std::optional<FrameRow> find(uint64_t returnAddress) const {
    const Entry& entry = entries_[indexOf(returnAddress)];
    // Acquiring keeps the loads in order, so that the second one of the version is the last. If a
    // load returned what a writer stored, the second version is at least that writer's odd one.
    uint64_t before = entry.version.load(std::memory_order_acquire);
    uint64_t key = entry.returnAddress.load(std::memory_order_acquire);
    FrameRow row = entry.load(std::make_index_sequence<std::tuple_size_v<FrameRow::Words>>());
    uint64_t after = entry.version.load(std::memory_order_relaxed);
    if (key != returnAddress || before != after || before % 2 != 0) return std::nullopt;
    return row;
  }

  // Adds a row, unless another thread is changing the entry. The code at `returnAddress` must be
  // registered until this returns.
  void insert(uint64_t returnAddress, const FrameRow& row);

  // Removes all rows if they are of another generation of code (code_registry.h) than `generation`,
  // the current one. To be called before the rows of a stack are looked up.
  void enterGeneration(uint64_t generation) {
    if (generation_.load(std::memory_order_acquire) != generation) clear(generation);
  }

 private:
  static constexpr size_t kEntries = 4096;

  // A cache line.
  struct alignas(64) Entry {
    std::atomic<uint64_t> version{0};
    // In an empty entry 0, for which the row cannot be followed.
    std::atomic<uint64_t> returnAddress{0};
    std::array<std::atomic<uint64_t>, std::tuple_size_v<FrameRow::Words>> words{};

    // Without a loop, so that the words stay in registers.
    template <size_t... I>
    FrameRow load(std::index_sequence<I...>) const {
      return FrameRow({words[I].load(std::memory_order_acquire)...});
    }
    void set(uint64_t newReturnAddress, const FrameRow& row);
  };
  static_assert(sizeof(Entry) == 64);

  static size_t indexOf(uint64_t returnAddress) {
    return (returnAddress ^ returnAddress >> 12) % kEntries;
  }
  void clear(uint64_t generation);

  std::array<Entry, kEntries> entries_{};
  std::atomic<uint64_t> generation_{0};
};

}  // namespace runtime
