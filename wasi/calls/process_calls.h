// The calls that may end the guest: they need the call itself, not its memory.
#pragma once

#include <cstdint>

#include "runtime/instance/host_func.h"
#include "wasi/types/errno.h"

namespace wasi {

void procExit(runtime::Caller* caller, uint32_t status);
// A signal whose default is to end the process traps; the others do nothing.
Errno procRaise(runtime::Caller* caller, uint32_t signal);

}  // namespace wasi
