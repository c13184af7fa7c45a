// What the handlers of signals share: which code can trap, and how it does.
#pragma once

#include "runtime/abi/types.h"
#include "runtime/arch/signal_context.h"
#include "runtime/trap/activation.h"

namespace runtime {

// Returns whether code at `pc` can trap: such code holds no resources, so that its frames can be
// discarded. Async-signal-safe.
bool isGuestCode(const void* pc);

// Lets the innermost activation of this thread, whose guest code the signal has interrupted, end
// with a trap when the handler returns.
void redirectToLanding(Activation& activation, abi::TrapCode code, SignalContext context);

}  // namespace runtime
