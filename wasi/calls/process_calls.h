// The functions of WASI that may end the guest. They are separate from calls.h, because they use
// neither the context nor the memory.
#pragma once

#include <cstdint>

#include "runtime/instance/host_func.h"
#include "wasi/types/errno.h"

namespace wasi {

// proc_exit: ends the guest. It does not continue after the call; the call from the host into the
// guest fails with a Trap that has the exit status.
void procExit(runtime::Caller* caller, uint32_t status);
// proc_raise (typename `signal`): does nothing for the signals that are ignored by default, for
// `cont` and for 0. Traps for all others, since a guest cannot have handlers; these include the
// signals that stop a process. Fails with Inval for an undefined signal.
Errno procRaise(runtime::Caller* caller, uint32_t signal);

}  // namespace wasi
