// A call from the host into a guest that is under way, as the trap handler sees it. Activations of
// a thread form a chain, as guests call host functions that call guests.
#pragma once

#include <cstddef>
#include <cstdint>

#include "runtime/trap/backtrace.h"
#include "runtime/trap/guest_stack.h"
#include "runtime/trap/guest_state.h"

namespace runtime {

struct Activation {
  // Where the entry stub saved the host's registers; set by it, read by its landing.
  uintptr_t entryFrame;
  Activation* outer;
  GuestState* state;
  const GuestStack* stack;
  // Written by the trap handler.
  abi::TrapCode trapCode;
  Backtrace backtrace;
};
static_assert(offsetof(Activation, entryFrame) == 0, "entry_<arch>.S stores it there");

// The thread's innermost activation, or null. Initial-exec, so that a signal handler may read it.
extern constinit thread_local Activation* currentActivation
    __attribute__((tls_model("initial-exec")));

}  // namespace runtime
