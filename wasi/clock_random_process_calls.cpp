#include <sched.h>
#include <sys/random.h>

#include <iterator>

#include "wasi/calls.h"
#include "wasi/clock.h"
#include "wasi/system_call.h"

namespace wasi {

Fallible<clockid_t> hostClock(uint32_t id) {
  // By ClockId.
  constexpr clockid_t kClocks[] = {CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID,
                                   CLOCK_THREAD_CPUTIME_ID};
  if (id >= std::size(kClocks)) return Errno::Inval;
  return kClocks[id];
}

Fallible<uint64_t> clockNow(uint32_t id) {
  WASI_TRY_ASSIGN(clockid_t clock, hostClock(id));
  timespec now;
  WASI_TRY(checkSystemCall(::clock_gettime(clock, &now)));
  return toNanoseconds(now);
}

Errno clockResGet(Context&, Guest guest, uint32_t id, Address resolution) {
  WASI_TRY_ASSIGN(clockid_t clock, hostClock(id));
  timespec value;
  WASI_TRY(checkSystemCall(::clock_getres(clock, &value)));
  return guest.write(resolution, toNanoseconds(value));
}

Errno clockTimeGet(Context&, Guest guest, uint32_t id, uint64_t, Address time) {
  WASI_TRY_ASSIGN(uint64_t now, clockNow(id));
  return guest.write(time, now);
}

Errno randomGet(Context&, Guest guest, Address buffer, uint32_t size) {
  uint8_t* to = guest.bytes(buffer, size);
  if (to == nullptr) return Errno::Fault;
  for (uint32_t done = 0; done < size;) {
    ssize_t got = retryInterrupted([&] { return ::getrandom(to + done, size - done, 0); });
    if (got < 0) return lastError();
    done += static_cast<uint32_t>(got);
  }
  return Errno::Success;
}

Errno schedYield(Context&, Guest) {
  ::sched_yield();
  return Errno::Success;
}

}  // namespace wasi
