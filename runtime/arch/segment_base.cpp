#include "runtime/arch/segment_base.h"

#if defined(__x86_64__)
#include <asm/prctl.h>
#include <sys/auxv.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "runtime/base/check.h"

namespace runtime {

namespace {
constexpr unsigned long kFsGsBase = 1 << 1;  // HWCAP2_FSGSBASE
}

const bool hasSegmentInstructions = (getauxval(AT_HWCAP2) & kFsGsBase) != 0;

void* segmentBaseBySystem() {
  void* base = nullptr;
  CHECK(syscall(SYS_arch_prctl, ARCH_GET_GS, &base) == 0);
  return base;
}

void setSegmentBaseBySystem(void* base) { CHECK(syscall(SYS_arch_prctl, ARCH_SET_GS, base) == 0); }

}  // namespace runtime

#endif
