// The address space of a linear memory, whose base never changes. The accessible part, a number of
// whole pages of the host, begins at the base; accesses to the rest fault.
//
// The reservation of a guarded memory (abi::isGuarded) has all addresses that an access can reach
// from the start, and that of a shared one, which signal handlers of other threads read, all that
// it may grow to. That of any other memory has what it needs, at an address that has room behind
// it, and is extended in place as the memory grows. If another mapping has taken the room, growth
// fails.
#pragma once

#include <cstdint>

#include "runtime/abi/module_descriptor.h"
#include "runtime/base/bytes.h"
#include "runtime/base/result.h"
#include "runtime/memory/huge_pages.h"

namespace runtime {

class Reservation {
 public:
  // Reserves addresses for a memory of the type, which may grow to `maxBytes`. Nothing is
  // accessible yet. Fails if the system refuses the address space.
  static base::Result<Reservation> create(const abi::MemoryType& type, uint64_t maxBytes);
  ~Reservation();
  Reservation(Reservation&& other) noexcept;
  Reservation& operator=(Reservation&&) = delete;

  // Returns address 0 of the memory. It never changes.
  uint8_t* base() const;
  // Returns the number of accessible bytes.
  uint64_t accessibleBytes() const { return accessibleBytes_; }
  // Returns whether the address is in the reservation, including the guards on both sides.
  // Async-signal-safe.
  bool contains(const void* address) const;

  // Makes the first `bytes` accessible, rounded up to pages of the host; new ones are zero. Fails
  // if the system refuses.
  base::Result<void> commit(uint64_t bytes);
  // Commits likewise for a memory that grows from `from` bytes, which may use huge pages.
  base::Result<void> grow(uint64_t from, uint64_t to);
  // Maps a part of a file copy-on-write to the accessible address `at`; `bytes` are its contents.
  // All numbers are multiples of the host's page size. Fails if the system refuses.
  base::Result<void> mapImage(uint64_t at, int file, uint64_t offset, base::ByteView bytes);
  bool hasImage() const { return !image_.empty(); }
  // Moves private pages of this process to the accessible address `at`, where they can be written.
  // Their old addresses remain mapped, with unspecified contents. The numbers are multiples of the
  // host's page size. Returns whether the system has done it. Such memory cannot be reset.
  bool takePages(uint64_t at, base::ByteView pages);

  // Restores the contents: the image, whose bytes must still be there, and zeros elsewhere. No more
  // than the first `bytes` remain accessible. Returns whether the system has done it.
  bool reset(uint64_t bytes);

 private:
  Reservation(uint8_t* begin, uint64_t bytes, bool isWhole)
      : begin_(begin), reservedBytes_(bytes), isWhole_(isWhole) {}
  base::Result<void> extend(uint64_t bytes);
  bool cleanDirtyPages();
  void clean(uint8_t* begin, uint8_t* end);

  uint8_t* begin_;  // abi::kGuardBefore bytes before the base
  uint64_t reservedBytes_;
  bool isWhole_;  // it has all addresses from the start
  uint64_t accessibleBytes_ = 0;
  base::ByteView image_;  // empty as long as none is mapped
  uint64_t imageAt_ = 0;
  HugePages hugePages_;
};

}  // namespace runtime
