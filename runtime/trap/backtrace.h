// The capture of the guest's frames at a trap, and their symbolization.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "runtime/trap/trap.h"

namespace runtime {

// The largest number of frames; outer frames beyond it are omitted.
inline constexpr size_t kMaxFrames = 64;

// Code addresses, innermost first: that of the trapping instruction, then return addresses; and
// what the register of the context had when each function was called.
struct Backtrace {
  uint32_t frameCount;
  std::array<const void*, kMaxFrames> frames;
  std::array<const void*, kMaxFrames> contexts;
};

// Stores `pc` and the return addresses of its callers, up to the innermost call from the host. Must
// be called by a signal handler for a synchronous fault at `pc` in compiled code. It is not
// async-signal-safe in general, as the unwinder takes locks, but compiled code holds none.
void captureBacktrace(const void* pc, Backtrace& backtrace);

// Return the functions and wasm offsets, innermost first. Thunks and builtins are omitted. The
// modules must still be loaded. Not async-signal-safe. The second leaves out the function that has
// trapped. The third takes return addresses only, so that the contexts are unknown.
std::vector<Frame> symbolize(const Backtrace& backtrace);
std::vector<Frame> symbolizeCallers(const Backtrace& backtrace);
std::vector<Frame> symbolize(std::span<const void* const> returnAddresses);

}  // namespace runtime
