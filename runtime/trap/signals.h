// The signals of faults: one handler per process, ahead of whoever handled them before.
#pragma once

#include <csignal>

#include "runtime/arch/signal_context.h"

namespace runtime {

// Returns whether the fault was guest code's; then it has changed `context`, and execution resumes
// there. Async-signal-safe.
using FaultHandler = bool (*)(int signal, const siginfo_t& info, SignalContext context);

// Asks `handler` about every fault from now on, once per process. A fault that it does not take
// goes to whoever handled the signal before, or to the system.
void installFaultHandler(FaultHandler handler);

}  // namespace runtime
