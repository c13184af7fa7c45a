// The floating-point modes while a guest runs: those of WebAssembly (section 4.3.3: round to
// nearest, no flushing of subnormals, no trapping exceptions), whatever the host has set in its
// thread. The host's modes and flags are restored afterwards.
#pragma once

#include <cstdint>

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

namespace runtime {

struct FloatState {
  uint64_t control;
  uint64_t flags;

  friend bool operator==(const FloatState&, const FloatState&) = default;

#if defined(__x86_64__)
  static constexpr uint64_t kGuestControl = 0x1f80;
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

// Guests do not use the x87. But the C library keeps its modes equal to those of SSE, so host
// functions expect both to be equal.
struct X87Modes {
#if defined(__x86_64__)
  static constexpr uint16_t kUsual = 0x37f;
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

// Sets the thread's modes to the guest's as long as it lives. Reads and writes only what it must:
// each takes a few nanoseconds.
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
  bool isForeign() const { return host_.control != FloatState::kGuestControl; }

  FloatState host_;
  uint16_t hostX87_ = X87Modes::kUsual;
};

}  // namespace runtime
