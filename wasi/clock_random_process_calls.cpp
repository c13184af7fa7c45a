#include <sched.h>

#include "wasi/calls.h"

namespace wasi {

Errno clockResGet(Context& context, Guest guest, uint32_t id, Address resolution) {
  WASI_TRY_ASSIGN(uint64_t value, context.clocks().resolution(id));
  return guest.write(resolution, value);
}

Errno clockTimeGet(Context& context, Guest guest, uint32_t id, uint64_t, Address time) {
  WASI_TRY_ASSIGN(uint64_t now, context.clocks().now(id));
  return guest.write(time, now);
}

Errno randomGet(Context& context, Guest guest, Address buffer, uint32_t size) {
  uint8_t* to = guest.bytes(buffer, size);
  if (to == nullptr) return Errno::Fault;
  return context.random().fill({to, size});
}

Errno schedYield(Context&, Guest) {
  ::sched_yield();
  return Errno::Success;
}

}  // namespace wasi
