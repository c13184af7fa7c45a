// The end of calls into guests from outside: because another thread or a signal handler asks for
// it, or because a call has reached its time limit.
//
// Compiled code has no instructions for this. A request sets a flag of the store and sends SIGURG
// to the thread that uses the store. If the signal interrupts compiled code, the call traps there:
// such code holds no resources, so that its frames can be discarded at every instruction. Otherwise
// the host runs. Then the signal ends a system call that waits, with EINTR, and is repeated by a
// timer every millisecond, until it meets compiled code or the call has ended. Operations of the
// runtime that may take long call checkInterruption() between their pieces.
//
// Compiled code may have been in the middle of a change of the heap or of a table. So a store that
// has been interrupted is not entered again, and its objects are not used.
#pragma once

#include <atomic>
#include <cstdint>

namespace runtime {

// The state of a store for its interruption. A part of GuestState.
class Interruption {
 public:
  // Ends the innermost call into a guest of the store, and all calls of guests of the store from
  // then on, with the trap Interrupted. It cannot be undone. Thread-safe and async-signal-safe.
  void request();
  // Returns whether a call must end. Thread-safe and async-signal-safe.
  bool isRequested() const { return isRequested_.load(std::memory_order_relaxed); }

  // Returns what isRequested() reads.
  const std::atomic<bool>& requested() const { return isRequested_; }

  // Sets how long an outermost call into a guest of the store may take, in nanoseconds; 0 for no
  // limit, the default. A call that takes longer is interrupted as by request(). Affects later
  // calls.
  void setTimeLimit(uint64_t nanoseconds) { timeLimit_ = nanoseconds; }

  // Notes that this thread, which is InterruptibleThread::id(), is about to call a guest of the
  // store, and returns whether it may. Must be called after the activation has become the innermost
  // one of the thread. `isOutermost` tells that no other call into a guest of the store is active.
  // Fails if the store is interrupted, or if the call has a time limit and the system refuses a
  // timer.
  bool enter(bool isOutermost, int thread) {
    if (thread_.load(std::memory_order_relaxed) != thread) thread_ = thread;
    // The activation must be visible to a signal handler before the flag is read.
    std::atomic_signal_fence(std::memory_order_seq_cst);
    if (isRequested_) return false;
    return !isOutermost || timeLimit_ == 0 || startTimer();
  }
  // Notes that the call has ended. Must be called after the activation has been removed.
  void leave(bool wasOutermost) {
    bool hadDeadline = wasOutermost && deadline_.load(std::memory_order_relaxed) != 0;
    if (hadDeadline || isRequested()) endTimer(hadDeadline);
  }

 private:
  friend class InterruptHandler;

  // Sets the deadline of an outermost call. Returns false if the system refuses a timer.
  bool startTimer();
  // Ends the signals that the call may have needed.
  void endTimer(bool hadDeadline);

  std::atomic<bool> isRequested_ = false;
  std::atomic<int> thread_ = 0;         // the system's id of the thread that used the store last
  std::atomic<uint64_t> deadline_ = 0;  // of the outermost call, by CLOCK_MONOTONIC; 0: none
  uint64_t timeLimit_ = 0;
};

// Installs the handler of SIGURG. Only the first call in a process has an effect. The handler
// passes signals that others have sent to the one that was installed before.
void installInterruptHandler();

// What a thread needs to be interrupted. It exists while the thread can call guests, and unblocks
// SIGURG.
class InterruptibleThread {
 public:
  InterruptibleThread();
  ~InterruptibleThread();
  InterruptibleThread(const InterruptibleThread&) = delete;
  InterruptibleThread& operator=(const InterruptibleThread&) = delete;

  // Returns the system's id of the thread, or, in a child process, of the one that has called
  // fork().
  int id() const { return id_; }

 private:
  const int id_;
};

// Traps with Interrupted if the innermost call into a guest of this thread must end; else returns.
// Must be called by the runtime on the stack of a guest, by functions that compiled code has called
// and that hold no resources.
void checkInterruption();

}  // namespace runtime
