#include <sched.h>

#include "wasi/calls/calls.h"

namespace wasi {

Errno clockResGet(Caller* caller, uint32_t id, Address resolution) {
  auto [context, guest] = callContextOf(caller);
  TRY_ASSIGN(uint64_t value, context.clocks().resolution(id));
  return guest.write(resolution, value);
}

Errno clockTimeGet(Caller* caller, uint32_t id, uint64_t, Address time) {
  auto [context, guest] = callContextOf(caller);
  TRY_ASSIGN(uint64_t now, context.clocks().now(id));
  return guest.write(time, now);
}

Errno randomGet(Caller* caller, Address buffer, uint32_t size) {
  auto [context, guest] = callContextOf(caller);
  // The bytes go straight to guest memory: `size` is the guest's and must not size an allocation.
  uint8_t* to = guest.bytes(buffer, size);
  if (to == nullptr) return Errno::Fault;
  return context.random().fill({to, size});
}

Errno schedYield(Caller*) {
  ::sched_yield();
  return Errno::Success;
}

}  // namespace wasi
