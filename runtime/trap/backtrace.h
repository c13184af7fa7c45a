// The guest's frames at a trap.
#pragma once

#include <vector>

#include "runtime/trap/activation.h"

namespace runtime {

// Notes `pc` and the return addresses above it, up to the innermost activation. For a signal
// handler that a synchronous fault of compiled code has called: such code holds no lock, so the
// unwinder may take its own.
void captureBacktrace(const void* pc, TrapRecord& record);

// Addresses to functions and wasm offsets; thunks and builtins are left out.
std::vector<Frame> symbolize(const TrapRecord& record);

}  // namespace runtime
