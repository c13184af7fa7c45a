// The base of the segment register GS, relative to which compiled code for x86-64 addresses memory
// 0 of its instance (abi::ContextHeader::segmentBase). Other code of a Linux process rarely uses
// GS.
#pragma once

namespace runtime {

#if defined(__x86_64__)

// Whether programs may use RDGSBASE and WRGSBASE: since Linux 5.9, if the CPU has them. False
// before it is initialized. Otherwise system calls do the same.
extern const bool hasSegmentInstructions;
void* segmentBaseBySystem();
void setSegmentBaseBySystem(void* base);

// Sets the thread's base, unless `base` is null, and returns the previous one. Does nothing and
// returns null on other architectures.
//
// So a null base is not restored after a call into a guest. It means that the thread does not use
// GS, and the next call into the same instance finds its base set, which is faster than setting it.
inline void* swapSegment(void* base) {
  void* old = nullptr;
  if (hasSegmentInstructions) {
    asm volatile("rdgsbase %0" : "=r"(old));
    if (base != nullptr && base != old) asm volatile("wrgsbase %0" : : "r"(base) : "memory");
  } else {
    old = segmentBaseBySystem();
    if (base != nullptr && base != old) setSegmentBaseBySystem(base);
  }
  return old;
}

#else

inline void* swapSegment(void*) { return nullptr; }

#endif

}  // namespace runtime
