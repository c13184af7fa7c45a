#include "runtime/trap/signal_stack.h"

#include <sys/mman.h>

#include <cstddef>
#include <cstdint>

#include "runtime/base/check.h"

namespace runtime {
namespace {

// The size has room for the unwinder, and for the handler that was installed before, which may be a
// crash reporter.
constexpr size_t kSignalStack = 256 << 10;
constexpr size_t kSignalStackGuard = 64 << 10;

}  // namespace

SignalStack::SignalStack() {
  void* mapping = ::mmap(nullptr, kSignalStackGuard + kSignalStack, PROT_NONE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  CHECK(mapping != MAP_FAILED);
  mapping_ = mapping;
  stack_t stack{};
  stack.ss_sp = static_cast<uint8_t*>(mapping) + kSignalStackGuard;
  stack.ss_size = kSignalStack;
  CHECK(::mprotect(stack.ss_sp, kSignalStack, PROT_READ | PROT_WRITE) == 0);
  CHECK(::sigaltstack(&stack, &previous_) == 0);
}

SignalStack::~SignalStack() {
  stack_t current{};
  auto* own = static_cast<uint8_t*>(mapping_) + kSignalStackGuard;
  if (::sigaltstack(nullptr, &current) == 0 && current.ss_sp == own) {
    ::sigaltstack(&previous_, nullptr);
  }
  ::munmap(mapping_, kSignalStackGuard + kSignalStack);
}

}  // namespace runtime
