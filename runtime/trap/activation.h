// The active calls from the host into guests, for the trap handler. The activations of a thread
// form a stack, as guests call host functions that call guests.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "runtime/trap/backtrace.h"
#include "runtime/trap/guest_stack.h"
#include "runtime/trap/guest_state.h"

namespace runtime {

// An active call. It is on the stack of enterGuest(), which owns it.
struct Activation {
  // The frame of wasm2obj_enterGuest, in which the host's registers are saved. A trap resumes
  // there.
  uintptr_t entryFrame;
  Activation* outer;         // the activation that it is nested in, or null
  Activation* outerOfStore;  // the next outer activation of the same store, or null
  GuestState* state;         // of the callee's store
  const GuestStack* stack;   // on which the guest runs
  // The reason and the place of the trap, written by the trap handler.
  abi::TrapCode trapCode;
  Backtrace backtrace;
};
static_assert(offsetof(Activation, entryFrame) == 0, "entry_<arch>.S stores it there");

// The thread's innermost activation, or null. The TLS model initial-exec makes reading it
// async-signal-safe: the other models may allocate the variable at the first access.
extern constinit thread_local Activation* currentActivation
    __attribute__((tls_model("initial-exec")));

// Sets it. A handler of signals sees all that has been written to the activation before.
inline void setCurrentActivation(Activation* activation) {
  std::atomic_signal_fence(std::memory_order_seq_cst);
  currentActivation = activation;
  std::atomic_signal_fence(std::memory_order_seq_cst);
}

}  // namespace runtime
