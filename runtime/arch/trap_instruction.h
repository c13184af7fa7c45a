// The instruction by which compiled code raises a trap: that of LLVM's intrinsic `llvm.ubsantrap`,
// whose immediate is the TrapCode.
#pragma once

#include <csignal>
#include <cstdint>

#include "runtime/abi/types.h"

namespace runtime {

#if defined(__x86_64__)
inline constexpr int kTrapSignal = SIGILL;
#else
inline constexpr int kTrapSignal = SIGTRAP;
#endif

// Returns the TrapCode with this number, or None if there is none.
constexpr abi::TrapCode knownTrapCode(uint32_t number) {
  switch (number) {
#define TRAP(id, code, text) case code:
#include "runtime/abi/traps.def"
#undef TRAP
    return static_cast<abi::TrapCode>(number);
  }
  return abi::TrapCode::None;
}

// Returns the code in the instruction at `pc`, or None if it is not a trap instruction. The
// instruction must be mapped. Async-signal-safe.
inline abi::TrapCode decodeTrapInstruction(const void* pc) {
#if defined(__x86_64__)
  // ud1 imm8(%eax), %eax. Compared byte by byte, as a shorter instruction may be the last one of
  // the mapping.
  constexpr uint8_t kUd1[] = {0x67, 0x0f, 0xb9, 0x40};
  auto* bytes = static_cast<const uint8_t*>(pc);
  for (uint8_t expected : kUd1) {
    if (*bytes++ != expected) return abi::TrapCode::None;
  }
  return knownTrapCode(*bytes);
#else
  // brk #(0x5500 + code)
  uint32_t instruction = *static_cast<const uint32_t*>(pc);
  constexpr uint32_t kBrk = 0xd4200000 | (0x5500 << 5);
  if ((instruction & ~(0xffu << 5)) != kBrk) return abi::TrapCode::None;
  return knownTrapCode((instruction >> 5) & 0xff);
#endif
}

}  // namespace runtime
