// The map from addresses to the module whose compiled code is there. Lookup takes no lock and does
// not allocate, so that a signal handler may call it.
#pragma once

#include <vector>

#include "runtime/trap/trap.h"

namespace runtime {

// The addresses of all compiled code of a module: functions and thunks. Only a fault at a program
// counter in such a range can become a trap.
struct CodeRange {
  const void* begin = nullptr;
  const void* end = nullptr;
};

// The owner of a code range: a module.
class CompiledCode {
 public:
  // Returns the function and the wasm offset of the instruction at `pc`, followed by those of the
  // inlined calls that contain it, innermost first. Returns nothing for a thunk or an address
  // outside of the code.
  virtual std::vector<Frame> symbolize(const void* pc) const = 0;

 protected:
  ~CompiledCode() = default;
};

// Adds `range`, which must not overlap with another. Called once per owner. Thread-safe.
void registerCode(const CodeRange& range, const CompiledCode* code);
// Removes the range of `code`. No thread may execute that code now or later. Thread-safe.
void unregisterCode(const CompiledCode* code);

// Returns the owner of the code at `pc`, or null. Async-signal-safe. The pointer is valid only
// while something keeps the owner alive, for instance a call in progress.
const CompiledCode* codeAt(const void* pc);

}  // namespace runtime
