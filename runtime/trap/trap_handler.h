// Faults of compiled code become traps here. A fault that is not compiled code's, or that nothing
// explains, is left to others.
#pragma once

namespace runtime {

// Once per process, however often called.
void installTrapHandler();

}  // namespace runtime
