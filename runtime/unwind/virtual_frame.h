// The registers of a frame that are reconstructed without changing any.
#pragma once

#include "runtime/unwind/frame_row.h"

namespace runtime {

// A frame of a stack. At first it is that of the registers given, and leave() makes it the
// caller's. It has the addresses of the callee-saved registers, whose values are read only when
// needed. Reads nothing but these registers and the stack from their stack pointer to `stackEnd`.
class VirtualFrame {
 public:
  // `innermost` must outlive this object. The stack pointer must not be above `stackEnd`.
  VirtualFrame(const Registers& innermost, uint64_t stackEnd)
      : innermost_(innermost),
        stackEnd_(stackEnd),
        pc_(innermost.pc),
        stackPointer_(innermost.stackPointer) {
    for (size_t i = 0; i < saved_.size(); ++i) saved_[i] = addressOf(innermost.saved[i]);
  }

  uint64_t pc() const { return pc_; }
  uint64_t stackPointer() const { return stackPointer_; }

  // Moves to the caller. `row` must be that of pc(), and not of a handler. Returns false if the
  // row leads out of the stack; then the frame can only be destroyed. Each call raises the stack
  // pointer.
  bool leave(const FrameRow& row) {
    uint64_t base = stackPointer_;
    if (row.isFramePointerBased()) {
      if (!isReadable(kFramePointer)) return false;
      base = load(saved_[kFramePointer]);
    }
    const uint64_t cfa = base + row.cfaOffset();
    const uint64_t returnSlot = cfa - row.returnOffset();
    if (returnSlot - stackPointer_ >= stackEnd_ - stackPointer_ || cfa > stackEnd_) return false;
    for (size_t word = 0; word < FrameRow::kSaveWords; ++word) moveSaved(word, row, cfa);
    uint64_t returnAddress = load(returnSlot);
    pc_ = row.isReturnSigned() ? withoutSignature(returnAddress) : returnAddress;
    stackPointer_ = cfa;
    return true;
  }

  // Returns the values of the registers, or nothing if one is saved outside of the stack.
  std::optional<Registers> registers() const {
    Registers values{.stackPointer = stackPointer_, .pc = pc_};
    for (size_t i = 0; i < saved_.size(); ++i) {
      if (!isReadable(i)) return std::nullopt;
      values.saved[i] = load(saved_[i]);
    }
    return values;
  }

 private:
  static uint64_t addressOf(const uint64_t& place) { return reinterpret_cast<uint64_t>(&place); }
  static uint64_t load(uint64_t address) {
    return base::loadUnaligned<uint64_t>(reinterpret_cast<const void*>(address));
  }

  bool isReadable(size_t index) const {
    uint64_t address = saved_[index];
    if (address == addressOf(innermost_.saved[index])) return true;
    uint64_t offset = address - innermost_.stackPointer;
    uint64_t size = stackEnd_ - innermost_.stackPointer;
    return size >= sizeof(uint64_t) && offset <= size - sizeof(uint64_t);
  }

  // Takes the places of the registers of a word of FrameRow::saves() from the row. Without branches
  // for each register, since the frames of a stack differ in the registers that they save.
  void moveSaved(size_t word, const FrameRow& row, uint64_t cfa) {
    uint64_t saves = row.saves(word);
    if (saves == 0) return;
    for (size_t lane = 0; lane < FrameRow::kSavesPerWord; ++lane) {
      size_t index = word * FrameRow::kSavesPerWord + lane;
      if (index == saved_.size()) break;
      uint64_t offset = FrameRow::saveOf(saves, lane);
      saved_[index] = offset != 0 ? cfa - offset : saved_[index];
    }
  }

  const Registers& innermost_;
  const uint64_t stackEnd_;
  uint64_t pc_;
  uint64_t stackPointer_;
  std::array<uint64_t, kCalleeSaved.size()> saved_;  // addresses
};

}  // namespace runtime
