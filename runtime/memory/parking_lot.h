// The threads that wait at addresses of shared memories, and their waking: the operations of
// memory.atomic.wait and memory.atomic.notify (threads proposal). There is one for the process,
// since an address of the host tells memory and place, whichever stores use them.
//
// See also: ParkingLot of WebKit (WTF), after which such structures are called.
#pragma once

#include <atomic>
#include <cstdint>

namespace runtime {

// The result of a wait. The values of the first three are those of the instruction.
enum class WaitResult : uint32_t { Woken = 0, NotEqual = 1, TimedOut = 2, Interrupted = 3 };

// Whether waits are to end, for the thread that has it. Set once; then signals are sent to the
// thread until it does not wait any more (Interruption).
using WaitsEnd = std::atomic<bool>;

// Returns NotEqual if the word at `address` differs from `expected`. Otherwise waits until
// notifyWaiters() wakes the thread, for at most `timeout` nanoseconds, or without a limit if that
// is negative. Comparing and beginning to wait is one step for notifyWaiters(), so that no wake-up
// is lost. Returns Interrupted if `end` is set. Thread-safe.
WaitResult waitAt(const uint32_t* address, uint32_t expected, int64_t timeout, const WaitsEnd& end);
WaitResult waitAt(const uint64_t* address, uint64_t expected, int64_t timeout, const WaitsEnd& end);

// Wakes at most `count` threads that wait at the address, in the order in which they have begun to
// wait. Returns the number. Thread-safe.
uint32_t notifyWaiters(const void* address, uint32_t count);

}  // namespace runtime
