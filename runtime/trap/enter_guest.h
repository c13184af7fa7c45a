// Calls from the host into a guest. A trap ends the innermost such call. It discards frames of the
// guest only: control returns to the caller of enterGuest(), so destructors of the host run.
#pragma once

#include "runtime/trap/guest_state.h"
#include "runtime/trap/trap.h"

namespace runtime {

// Calls `function`, which must belong to the store `state`, on the guest stack of this thread, with
// the floating-point modes of WebAssembly. `values` holds the arguments and receives the results;
// see Func::callSlots. Fails with the trap that ended the call. Also fails with CallStackExhausted,
// without running the guest, if no stack can be mapped or too little is left of it.
//
// At the first call in a thread, sets the thread's alternate signal stack (signal_stack.h).
Expected<void, Trap> enterGuest(GuestState& state, const abi::FuncRef& function, abi::Slot* values);
// Does the same with the floating-point modes of the thread, which must be the usual ones of C
// programs, and sets its flags. To read the modes takes longer than all else.
Expected<void, Trap> enterGuestWithModes(GuestState& state, const abi::FuncRef& function,
                                         abi::Slot* values);

}  // namespace runtime
