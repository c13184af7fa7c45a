// The stack that guest code runs on. Its size does not depend on that of the thread's own stack,
// and a fault in the guard below it means that the stack is exhausted. From low to high addresses:
//
//   guard | reserve for signal frames | size() bytes, from limit() to top()
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "runtime/abi/types.h"
#include "runtime/abi/vmctx.h"

namespace runtime {

// The smallest and the largest size of a guest stack, in bytes.
inline constexpr uint64_t kMinStack = 512 << 10;
inline constexpr uint64_t kMaxStack = uint64_t{64} << 30;

// Owns the mapping of a stack. Not thread-safe, but all const members are async-signal-safe.
class GuestStack {
 public:
  // Maps a stack of sizeFor(wanted) bytes. Returns nothing if the system refuses.
  static std::optional<GuestStack> create(uint64_t wanted);
  // Returns `wanted`, in bytes, clamped to [kMinStack, kMaxStack] and rounded up to a multiple of
  // 64 KiB.
  static uint64_t sizeFor(uint64_t wanted) {
    return abi::alignTo(std::clamp(wanted, kMinStack, kMaxStack), abi::kPageSize);
  }
  GuestStack(GuestStack&& other) noexcept;
  GuestStack& operator=(GuestStack&& other) noexcept;
  ~GuestStack();

  uint64_t size() const { return size_; }
  // Returns the lowest address that guest code may use, and the end of the stack, where it begins.
  uintptr_t limit() const { return reserve() + abi::kSignalReserve; }
  uintptr_t top() const { return limit() + size_; }
  // Returns whether the address is in the stack or the reserve.
  bool contains(uintptr_t address) const { return address - reserve() < top() - reserve(); }
  // Returns whether the address is in the guard.
  bool guards(uintptr_t address) const { return address - mapping_ < abi::kStackGuard; }

 private:
  GuestStack(uintptr_t mapping, uint64_t size) : mapping_(mapping), size_(size) {}
  uintptr_t reserve() const { return mapping_ + abi::kStackGuard; }

  uintptr_t mapping_ = 0;
  uint64_t size_ = 0;
};

}  // namespace runtime
