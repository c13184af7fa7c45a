// Calls from the host into a guest. A trap ends the innermost such call, and no frame of the host
// is ever jumped over.
#pragma once

#include "runtime/trap/guest_state.h"
#include "runtime/trap/trap.h"

namespace runtime {

// Calls a function on a guest stack. `values` holds the arguments and receives the results. Fails
// with the trap that ended the call.
Expected<void, Trap> enterGuest(GuestState& state, const abi::FuncRef& function, abi::Slot* values);

}  // namespace runtime
