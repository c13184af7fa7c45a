// A call from the host into a guest that is under way. Activations of a thread form a chain, as
// guests call host functions that call guests. A trap ends the innermost one, and no frame of the
// host is ever jumped over.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "runtime/func.h"
#include "runtime/store_state.h"
#include "runtime/trap/guest_stack.h"

namespace runtime {

inline constexpr size_t kMaxFrames = 64;

// What the signal handler notes of a trap.
struct TrapRecord {
  abi::TrapCode code;
  uint32_t frameCount;
  // Innermost first: the trapping instruction, then return addresses.
  std::array<const void*, kMaxFrames> frames;
};

struct Activation {
  // Where the entry stub saved the host's registers; set by it, read by its landing.
  uintptr_t entryFrame;
  Activation* outer;
  Store::State* store;
  const GuestStack* stack;
  TrapRecord trap;
};
static_assert(offsetof(Activation, entryFrame) == 0, "entry_<arch>.S stores it there");

// The thread's innermost activation, or null. Initial-exec, so that a signal handler may read it.
extern constinit thread_local Activation* currentActivation
    __attribute__((tls_model("initial-exec")));

// Calls `thunk(context, entry, values)` on a guest stack.
Expected<void, Trap> enterGuest(Store::State& store, EntryThunk thunk, abi::VMContext* context,
                                void* entry, abi::Slot* values);

}  // namespace runtime
