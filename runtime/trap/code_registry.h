// The map from addresses to the module whose compiled code is there. Lookup takes no lock and does
// not allocate, so that a signal handler may call it.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/base/bytes.h"
#include "runtime/trap/trap.h"

namespace runtime {

// The addresses of all compiled code of a module: functions and thunks. Only a fault at a program
// counter in such a range can become a trap.
struct CodeRange {
  const void* begin = nullptr;
  const void* end = nullptr;
};

// The tables by which frames of compiled code are unwound. Without a header only those are found
// that the program's start files have registered with libgcc.
struct UnwindTables {
  // The bytes of the module that may be read, at their addresses. They contain all of its tables.
  base::ByteView image;
  base::ByteView header;  // .eh_frame_hdr, which leads to .eh_frame and .gcc_except_table
};

// The owner of a code range: a module.
class CompiledCode {
 public:
  // Returns the function and the wasm offset of the instruction at `pc`, followed by those of the
  // inlined calls that contain it, innermost first. Returns nothing for a thunk or an address
  // outside of the code.
  virtual std::vector<Frame> symbolize(const void* pc) const = 0;
  // Returns the tables, which are valid as long as the owner. They need not be correct.
  // Thread-safe.
  virtual UnwindTables unwindTables() const = 0;

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

// Returns how often code has been unregistered in this process. What was derived from addresses of
// code before may since belong to other code. Thread-safe.
uint64_t codeGeneration();

}  // namespace runtime
