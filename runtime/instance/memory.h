// A linear memory (the specification's memory instance): a reservation of address space whose base
// never changes. The current size, rounded up to whole pages of the host, is readable and writable;
// accesses to the rest of the reservation fault.
//
// A guarded memory (abi::isGuarded) relies on these faults for its bounds checks. For any other
// memory, compiled code checks the bounds.
//
// A shared memory (abi::kShared) belongs to no store: instances of several stores, which run in
// different threads, can use it at the same time.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <span>

#include "runtime/abi/module_descriptor.h"
#include "runtime/base/result.h"
#include "runtime/instance/limits.h"
#include "runtime/memory/image_source.h"
#include "runtime/memory/pool.h"
#include "runtime/memory/reservation.h"
#include "runtime/trap/guest_state.h"

namespace runtime {

// A linear memory. Sizes are in bytes or in pages of the memory, of 2^pageSizeLog2 bytes each. The
// members of a shared one are thread-safe, but for applyImage(); its size may grow at any time.
class Memory final : public GuardedRange, public std::enable_shared_from_this<Memory> {
 public:
  // Creates a memory of type.min pages, all bytes zero, which is not shared. Takes its size from
  // `budget`, which must outlive it. Fails if the size exceeds what the type or the implementation
  // supports, a limit is exceeded, or the system refuses the address space. If there is a pool,
  // which must be of memories of this type, takes the reservation from it if it has one, and gives
  // it back at the end; then the memory has its image already.
  static base::Result<std::unique_ptr<Memory>> create(const abi::MemoryType& type, Budget& budget,
                                                      std::shared_ptr<MemoryPool> pool = nullptr);
  // Creates a shared memory likewise. `type` must have kShared and kHasMax.
  static base::Result<std::shared_ptr<Memory>> createShared(const abi::MemoryType& type,
                                                            std::shared_ptr<Account> account);
  ~Memory();
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;

  uint8_t* base() const { return def_.base; }
  uint64_t byteSize() const { return def_.currentSize(); }
  std::span<uint8_t> bytes() const { return {def_.base, byteSize()}; }
  uint64_t pages() const { return byteSize() >> type_.pageSizeLog2; }
  bool isShared() const { return (type_.flags & abi::kShared) != 0; }
  // Returns whether the memory takes its size from `budget`, which identifies its store. A shared
  // memory takes from a budget of its own.
  bool takesFrom(const Budget& budget) const { return budget_ == &budget; }
  // Returns the type as declared.
  const abi::MemoryType& type() const { return type_; }
  // Returns the type with the current size as its minimum, which imports are matched against.
  abi::MemoryType currentType() const;

  // Grows the memory by `deltaPages` pages of zeros. Returns the previous size in pages; returns
  // nothing and changes nothing if the maximum or a limit would be exceeded or the system refuses.
  std::optional<uint64_t> grow(uint64_t deltaPages);

  // Writes the initial image to [image.imageAddress, + image.imageSize), which must be within the
  // memory, unless it is there already. The bytes of `source` must remain as long as the memory,
  // and its pool keeps them. Fails if the system refuses to map the file.
  base::Result<void> applyImage(const abi::Memory& image, const ImageSource& source);

  // Returns what compiled code sees of the memory.
  abi::MemoryDef* def() { return &def_; }
  // Returns whether an access to `address` that faulted was out of bounds: whether the address is
  // in the reservation, including the guards on both sides, but not in the memory. Async-signal-
  // safe.
  bool guards(const void* address) const override;

 private:
  Memory(const abi::MemoryType& type, Budget& budget, uint64_t maxBytes, Reservation reservation,
         std::shared_ptr<MemoryPool> pool);
  base::Result<void> growTo(uint64_t byteSize);

  std::unique_ptr<Budget> ownBudget_;  // of a shared memory
  Budget* budget_;
  abi::MemoryType type_;
  abi::MemoryDef def_{};
  uint64_t maxBytes_;  // the size that it may grow to
  std::mutex mutex_;   // of the growth of a shared memory
  Reservation reservation_;
  std::shared_ptr<MemoryPool> pool_;  // or null
};

}  // namespace runtime
