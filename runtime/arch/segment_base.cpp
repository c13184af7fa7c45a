#include "runtime/arch/segment_base.h"

#if defined(__x86_64__)
#include <asm/prctl.h>
#include <sys/auxv.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "runtime/base/check.h"
#endif

namespace runtime {

#if defined(__x86_64__)

namespace {

// Returns whether programs may use RDGSBASE and WRGSBASE: since Linux 5.9, if the CPU has them.
// Otherwise a system call does the same.
bool hasInstructions() {
  constexpr unsigned long kFsGsBase = 1 << 1;  // HWCAP2_FSGSBASE
  static const bool has = (getauxval(AT_HWCAP2) & kFsGsBase) != 0;
  return has;
}

void* segmentBase() {
  void* base = nullptr;
  if (hasInstructions()) {
    asm volatile("rdgsbase %0" : "=r"(base));
  } else {
    CHECK(syscall(SYS_arch_prctl, ARCH_GET_GS, &base) == 0);
  }
  return base;
}

void setSegmentBase(void* base) {
  if (hasInstructions()) {
    asm volatile("wrgsbase %0" : : "r"(base) : "memory");
  } else {
    CHECK(syscall(SYS_arch_prctl, ARCH_SET_GS, base) == 0);
  }
}

}  // namespace

void* swapSegment(void* base) {
  void* old = segmentBase();
  if (base != nullptr && base != old) setSegmentBase(base);
  return old;
}

#else

void* swapSegment(void*) { return nullptr; }

#endif

}  // namespace runtime
