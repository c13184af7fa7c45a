// Installs one handler per process for the signals of faults, before the handlers of the host.
#pragma once

#include <csignal>

#include "runtime/arch/signal_context.h"

namespace runtime {

// Returns whether guest code caused the fault. If so, the handler has changed `context`, and
// execution resumes there. Must be async-signal-safe.
using FaultHandler = bool (*)(int signal, const siginfo_t& info, SignalContext context);

// Installs `handler` for all faults. Called once per process. A fault for which it returns false
// goes to the handler that was installed before, or to the system's default action.
void installFaultHandler(FaultHandler handler);

}  // namespace runtime
