// The stack that guest code runs on: mapped memory with a guard below, so that its exhaustion is a
// fault that cannot be taken for anything else, and a size that does not depend on the thread.
#pragma once

#include <cstdint>
#include <optional>

namespace runtime {

// Larger than what code touches below its stack pointer without touching all between: compiled code
// probes page by page, a builtin's stub once (kBuiltinStack).
inline constexpr uint64_t kStackGuard = 128 << 10;
inline constexpr uint64_t kMinStack = 512 << 10;
inline constexpr uint64_t kMaxStack = uint64_t{64} << 30;

class GuestStack {
 public:
  // A stack of sizeFor(wanted) bytes, or nothing when the system has none to give.
  static std::optional<GuestStack> create(uint64_t wanted);
  // `wanted` within kMinStack and kMaxStack, rounded up to pages.
  static uint64_t sizeFor(uint64_t wanted);
  GuestStack(GuestStack&& other) noexcept;
  GuestStack& operator=(GuestStack&& other) noexcept;
  ~GuestStack();

  uint64_t size() const { return size_; }
  uintptr_t limit() const { return mapping_ + kStackGuard; }
  uintptr_t top() const { return limit() + size_; }
  bool contains(uintptr_t address) const { return address - limit() < size_; }
  bool guards(uintptr_t address) const { return address - mapping_ < kStackGuard; }

 private:
  GuestStack(uintptr_t mapping, uint64_t size) : mapping_(mapping), size_(size) {}

  uintptr_t mapping_ = 0;
  uint64_t size_ = 0;
};

}  // namespace runtime
