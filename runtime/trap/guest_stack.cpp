#include "runtime/trap/guest_stack.h"

#include <sys/mman.h>

#include <utility>

#include "runtime/abi/types.h"
#include "runtime/abi/vmctx.h"

namespace runtime {

// The bytes of the mapping below the limit.
static constexpr uint64_t kBelow = abi::kStackGuard + abi::kSignalReserve;

std::optional<GuestStack> GuestStack::create(uint64_t wanted) {
  uint64_t size = sizeFor(wanted);
  void* mapping = ::mmap(nullptr, kBelow + size, PROT_NONE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  if (mapping == MAP_FAILED) return std::nullopt;
  GuestStack stack(reinterpret_cast<uintptr_t>(mapping), size);
  if (::mprotect(static_cast<uint8_t*>(mapping) + abi::kStackGuard, abi::kSignalReserve + size,
                 PROT_READ | PROT_WRITE) != 0) {
    return std::nullopt;
  }
  return stack;
}

GuestStack::GuestStack(GuestStack&& other) noexcept
    : mapping_(std::exchange(other.mapping_, 0)), size_(std::exchange(other.size_, 0)) {}

GuestStack& GuestStack::operator=(GuestStack&& other) noexcept {
  std::swap(mapping_, other.mapping_);
  std::swap(size_, other.size_);
  return *this;
}

GuestStack::~GuestStack() {
  if (mapping_ != 0) ::munmap(reinterpret_cast<void*>(mapping_), kBelow + size_);
}

}  // namespace runtime
