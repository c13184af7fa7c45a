#include "runtime/instance/host_func.h"

#include <fmt/format.h>

#include "runtime/trap/guest_state.h"

namespace runtime {

bool isInterrupted(const Caller& caller) {
  return GuestState::of(*caller.state).interruption.isRequested();
}

void requestTrap(Caller& caller, Trap trap) {
  GuestState& state = GuestState::of(*caller.state);
  if (trap.exception != nullptr) return requestThrow(caller, exceptionOf(trap));
  state.pendingException = nullptr;
  // The host thunk reads the flag when the function returns, and raises the trap TrapCode::Host in
  // the guest. enterGuest() then replaces it by this one.
  state.pendingTrap = std::move(trap);
  state.hostTrapPending = 1;
}

void requestThrow(Caller& caller, abi::ObjectHeader* exception) {
  GuestState& state = GuestState::of(*caller.state);
  state.pendingTrap.reset();
  state.pendingException = exception;
  state.hostTrapPending = 1;
}

void requestTrap(Caller& caller, std::string message) {
  Trap trap;
  trap.code = abi::TrapCode::Host;
  trap.message = std::move(message);
  requestTrap(caller, std::move(trap));
}

void requestExit(Caller& caller, int32_t status) {
  Trap trap;
  trap.code = abi::TrapCode::Host;
  trap.message = fmt::format("exit with status {}", status);
  trap.exitStatus = status;
  requestTrap(caller, std::move(trap));
}

}  // namespace runtime
