// Whose compiled code is at an address. Looking up takes no lock and allocates nothing, so
// that a signal handler can ask.
#pragma once

#include <vector>

#include "runtime/trap/trap.h"

namespace runtime {

// The addresses of all compiled code of a module: functions and thunks. A fault at a program
// counter in this range, and no other, can become a trap.
struct CodeRange {
  const void* begin = nullptr;
  const void* end = nullptr;
};

// What a range of code belongs to: a module.
class CompiledCode {
 public:
  // Returns the function and wasm offset of an instruction, and of the calls around it that were
  // inlined, innermost first; nothing for a thunk or an address outside of the code.
  virtual std::vector<Frame> symbolize(const void* pc) const = 0;

 protected:
  ~CompiledCode() = default;
};

// Once per owner; no other's code overlaps. From any thread.
void registerCode(const CodeRange& range, const CompiledCode* code);
// No thread is in the code any more, nor will be.
void unregisterCode(const CompiledCode* code);

// Returns the owner of the code at `pc`, or null. Async-signal-safe. The answer is to be relied on
// when something keeps the owner alive, as a call that is under way does.
const CompiledCode* codeAt(const void* pc);

}  // namespace runtime
