// The fault handler that turns faults of compiled code into traps. Faults of other code, and faults
// that no trap site or guarded memory explains, go to the handler that was installed before.
#pragma once

namespace runtime {

// Installs the handler. Only the first call in a process has an effect.
void installTrapHandler();

}  // namespace runtime
