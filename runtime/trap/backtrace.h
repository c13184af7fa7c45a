// The guest's frames at a trap.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "runtime/trap/trap.h"

namespace runtime {

inline constexpr size_t kMaxFrames = 64;

// Addresses of code, innermost first: the trapping instruction, then return addresses.
struct Backtrace {
  uint32_t frameCount;
  std::array<const void*, kMaxFrames> frames;
};

// Stores `pc` and the return addresses above it, up to the innermost call from the host. For a
// signal handler that a synchronous fault of compiled code has called: such code holds no lock, so
// the unwinder may take its own.
void captureBacktrace(const void* pc, Backtrace& backtrace);

// Returns the functions and wasm offsets; thunks and builtins are left out.
std::vector<Frame> symbolize(const Backtrace& backtrace);

}  // namespace runtime
