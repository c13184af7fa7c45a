// The floating-point environment of guests: the modes that WebAssembly demands (section 4.3.3:
// round to nearest, no flushing of subnormals, no trapping exceptions), independent of the modes of
// the host, which are restored after the call.
#pragma once

#include <cstdint>

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

namespace runtime {

// The control and status registers of the floating-point unit that guests use: MXCSR on x86-64,
// FPCR and FPSR on AArch64.
struct FloatState {
  uint64_t control;  // the modes
  uint64_t flags;    // the exceptions that have been raised

  friend bool operator==(const FloatState&, const FloatState&) = default;

#if defined(__x86_64__)
  static constexpr uint64_t kGuestControl = 0x1f80;  // all exceptions masked
  static constexpr uint64_t kFlags = 0x3f;

  // Return and set the state of this thread.
  static FloatState read() {
    uint64_t word = _mm_getcsr();
    return {word & ~kFlags, word & kFlags};
  }
  static void write(const FloatState& state) {
    _mm_setcsr(static_cast<uint32_t>(state.control | state.flags));
  }
#elif defined(__aarch64__)
  static constexpr uint64_t kGuestControl = 0;

  // Return and set the state of this thread.
  static FloatState read() {
    FloatState state;
    __asm__ volatile("mrs %0, fpcr\n\tmrs %1, fpsr" : "=r"(state.control), "=r"(state.flags));
    return state;
  }
  static void write(const FloatState& state) {
    __asm__ volatile("msr fpcr, %0\n\tmsr fpsr, %1" ::"r"(state.control), "r"(state.flags));
  }
#endif
};

// The control word of the x87 FPU. Guests do not use it, but the C library keeps its modes equal to
// those of SSE, and host functions may rely on that. Does nothing on other architectures.
struct X87Modes {
#if defined(__x86_64__)
  static constexpr uint16_t kUsual = 0x37f;  // the initial value in a Linux process
  static uint16_t read() {
    uint16_t word;
    __asm__ volatile("fnstcw %0" : "=m"(word));
    return word;
  }
  static void write(uint16_t word) { __asm__ volatile("fldcw %0" ::"m"(word)); }
#else
  static constexpr uint16_t kUsual = 0;
  static uint16_t read() { return kUsual; }
  static void write(uint16_t) {}
#endif
};

// Sets the thread's modes to those of guests during its lifetime, and restores modes and flags
// afterwards. It accesses the registers no more than necessary, as that is slow compared to a short
// call.
class GuestFloatState {
 public:
  GuestFloatState() : host_(FloatState::read()) {
    if (!isForeign()) return;
    hostX87_ = X87Modes::read();
    X87Modes::write(X87Modes::kUsual);
    FloatState::write({FloatState::kGuestControl, host_.flags});
  }
  ~GuestFloatState() {
    if (FloatState::read() != host_) FloatState::write(host_);
    if (isForeign()) X87Modes::write(hostX87_);
  }
  GuestFloatState(const GuestFloatState&) = delete;
  GuestFloatState& operator=(const GuestFloatState&) = delete;

 private:
  // Returns whether the host's modes differ from the guest's.
  bool isForeign() const { return host_.control != FloatState::kGuestControl; }

  FloatState host_;
  uint16_t hostX87_ = X87Modes::kUsual;
};

}  // namespace runtime
