// The registers that a function preserves for its caller, as unwinding needs them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace runtime {

// The numbers of registers in DWARF tables, by the psABI of each architecture.
#if defined(__x86_64__)
inline constexpr uint8_t kDwarfStackPointer = 7;
inline constexpr uint8_t kDwarfReturnAddress = 16;
// The register that has the context: r13.
inline constexpr uint8_t kDwarfContext = 13;
// The callee-saved registers in the order of Registers::saved: rbp, rbx, r14, r15, r12, r13. Those
// that compiled functions save most often come first.
inline constexpr std::array<uint8_t, 6> kCalleeSaved = {6, 3, 14, 15, 12, 13};
#elif defined(__aarch64__)
inline constexpr uint8_t kDwarfStackPointer = 31;
inline constexpr uint8_t kDwarfReturnAddress = 30;
inline constexpr uint8_t kDwarfContext = 20;
// x29, x30, x19 to x28, d8 to d15. x30 is the return address.
inline constexpr std::array<uint8_t, 20> kCalleeSaved = {29, 30, 19, 20, 21, 22, 23, 24, 25, 26,
                                                         27, 28, 72, 73, 74, 75, 76, 77, 78, 79};
inline constexpr size_t kLinkRegister = 1;  // the index of x30
#endif
inline constexpr size_t kFramePointer = 0;  // the index of the frame pointer in kCalleeSaved

// The registers of a frame at a call: those that its code has after the callee's return.
struct Registers {
  std::array<uint64_t, kCalleeSaved.size()> saved;
  uint64_t stackPointer;
  uint64_t pc;
};

// Returns an address without the pointer authentication code that signed code adds to the return
// addresses it saves. Only AArch64 has such codes.
inline uint64_t withoutSignature(uint64_t address) {
#if defined(__aarch64__)
  // XPACLRI, which CPUs without the feature ignore.
  register uint64_t x30 __asm__("x30") = address;
  __asm__("hint #7" : "+r"(x30));
  return x30;
#else
  return address;
#endif
}

#if defined(__x86_64__)
static_assert(offsetof(Registers, stackPointer) == 48 && sizeof(Registers) == 64,
              "entry_x86_64.S contains the numbers");
#elif defined(__aarch64__)
static_assert(offsetof(Registers, stackPointer) == 160 && sizeof(Registers) == 176,
              "entry_aarch64.S contains the numbers");
#endif

}  // namespace runtime
