// How to unwind a frame, by the return address of the call that it is in.
#pragma once

#include <optional>

#include "runtime/unwind/cfi_program.h"

namespace runtime {

// A row, in words that the cache copies. It is one of two kinds: if the call has a landing pad, the
// row has only that pad; else it says where the caller's registers are.
class FrameRow {
 public:
  static constexpr size_t kSavesPerWord = 4;
  static constexpr size_t kSaveWords = (kCalleeSaved.size() + kSavesPerWord - 1) / kSavesPerWord;
  using Words = std::array<uint64_t, 1 + kSaveWords>;

  // A row that cannot be followed: the CFA is that of the callee.
  FrameRow() = default;
  explicit FrameRow(const Words& words) : words_(words) {}
  // Returns the row of a call with a landing pad `distance` bytes from the return address. The code
  // of the pad expects a stack pointer `argumentBytes` above that at the return of the call.
  // Returns nothing if the numbers do not fit.
  static std::optional<FrameRow> handler(int64_t distance, uint64_t argumentBytes);
  // Returns the row of a call without a landing pad, or nothing if it cannot be expressed. That is
  // so if the CFA is relative to another register than the stack pointer and the frame pointer, or
  // if a register is saved at another place than the stack below the CFA. LLVM makes such code only
  // for functions that realign the stack with a separate pointer to their arguments.
  static std::optional<FrameRow> frame(const CfiState& state);

  const Words& words() const { return words_; }

  // The landing pad.
  bool isHandler() const { return words_[0] >> 32 != 0; }
  uint64_t pad(uint64_t returnAddress) const {
    return returnAddress + (words_[0] >> 32) - kDistanceBias;
  }
  uint64_t argumentBytes() const { return words_[0] & 0xffffffff; }

  // The frame. Offsets are in bytes.
  bool isFramePointerBased() const { return (words_[0] & kFramePointerBased) != 0; }
  bool isReturnSigned() const { return (words_[0] & kReturnSigned) != 0; }
  uint64_t cfaOffset() const { return words_[0] & 0xfffffff8; }
  // The offsets below the CFA at which registers are saved, four in a word, in units of 8 bytes;
  // 0 for those that are unchanged. In the order of kCalleeSaved.
  uint64_t saves(size_t word) const { return words_[1 + word]; }
  static constexpr uint64_t saveOf(uint64_t saves, size_t lane) {
    return (saves >> (16 * lane) & 0xffff) * 8;
  }
  // The offset below the CFA at which the return address is saved.
  uint64_t returnOffset() const {
#if defined(__x86_64__)
    return 8;
#elif defined(__aarch64__)
    return saveOf(words_[1], kLinkRegister);
#endif
  }

 private:
  // Bits of the first word of a frame, whose CFA offset is a multiple of 8.
  static constexpr uint64_t kFramePointerBased = 1;
  static constexpr uint64_t kReturnSigned = 2;
  // Is added to distances, so that the high half of the first word is 0 only without a pad.
  static constexpr uint64_t kDistanceBias = uint64_t{1} << 31;

  Words words_ = {};
};

}  // namespace runtime
