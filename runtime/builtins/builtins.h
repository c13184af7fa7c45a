// The builtins: the functions of the runtime that compiled code calls (runtime/abi/builtins.def).
#pragma once

#include "runtime/abi/vmctx.h"

namespace runtime {

// Returns the table that ExecState::builtins of every store points to. It has the addresses of the
// stubs of entry.h, which check the stack and jump to the functions. It is never destroyed.
const abi::Builtins& builtins();

}  // namespace runtime
