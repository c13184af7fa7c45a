// The frames that an exception has left.
//
// A landing pad that does not handle the exception throws it again, after the frames below it are
// gone. This trace keeps their addresses, so that the backtrace of an exception that nothing
// catches begins where it was thrown first.
#pragma once

#include <algorithm>
#include <span>

#include "runtime/trap/backtrace.h"

namespace runtime {

class ThrowTrace {
 public:
  // Begins a throw of `exception` by code with this stack pointer. It continues the last one if the
  // exception is the same and the code belongs to the frame of the pad where that ended. `epoch` is
  // a number that changes whenever the address may become that of another exception.
  void begin(const void* exception, uintptr_t stackPointer, uint64_t epoch) {
    bool continues = exception == exception_ && stackPointer == stackPointer_ && epoch == epoch_;
    earlier_ = continues ? count_ : 0;
    count_ = earlier_;
    exception_ = exception;
    epoch_ = epoch;
  }

  // Appends the return address of a frame that is left. Those beyond kMaxFrames are omitted.
  void add(uint64_t address) {
    if (count_ < kMaxFrames) addresses_[count_++] = reinterpret_cast<const void*>(address);
  }

  // Ends the throw at a landing pad, in whose frame the stack pointer has this value. A frame that
  // has thrown again is in the trace once, with the call that was left by the exception.
  void end(uintptr_t stackPointer) {
    stackPointer_ = stackPointer;
    if (earlier_ == 0 || count_ == earlier_) return;
    std::copy(&addresses_[earlier_ + 1], &addresses_[count_], &addresses_[earlier_]);
    --count_;
  }

  // Returns the frames that were left before this throw, innermost first. The last one is that
  // which throws now.
  std::span<const void* const> earlier() const { return {addresses_.data(), earlier_}; }

 private:
  const void* exception_ = nullptr;
  uintptr_t stackPointer_ = 0;
  uint64_t epoch_ = 0;
  uint32_t earlier_ = 0;
  uint32_t count_ = 0;
  std::array<const void*, kMaxFrames> addresses_;
};

}  // namespace runtime
