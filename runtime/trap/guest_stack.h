// The stack that guest code runs on: mapped memory with a guard below, so that a fault in the guard
// means exhaustion, and with a size that does not depend on the thread.
//
//   guard | reserve, for signals | size() bytes, from limit() to top()
#pragma once

#include <cstdint>
#include <optional>

#include "runtime/abi/types.h"

namespace runtime {

inline constexpr uint64_t kMinStack = 512 << 10;
inline constexpr uint64_t kMaxStack = uint64_t{64} << 30;

// Owns the mapping.
class GuestStack {
 public:
  // Maps a stack of sizeFor(wanted) bytes. Returns nothing where the system refuses.
  static std::optional<GuestStack> create(uint64_t wanted);
  // Returns `wanted`, clamped to [kMinStack, kMaxStack] and rounded up to pages.
  static uint64_t sizeFor(uint64_t wanted);
  GuestStack(GuestStack&& other) noexcept;
  GuestStack& operator=(GuestStack&& other) noexcept;
  ~GuestStack();

  uint64_t size() const { return size_; }
  uintptr_t limit() const { return reserve() + abi::kSignalReserve; }
  uintptr_t top() const { return limit() + size_; }
  // The reserve included.
  bool contains(uintptr_t address) const { return address - reserve() < top() - reserve(); }
  bool guards(uintptr_t address) const { return address - mapping_ < abi::kStackGuard; }

 private:
  GuestStack(uintptr_t mapping, uint64_t size) : mapping_(mapping), size_(size) {}
  uintptr_t reserve() const { return mapping_ + abi::kStackGuard; }

  uintptr_t mapping_ = 0;
  uint64_t size_ = 0;
};

}  // namespace runtime
