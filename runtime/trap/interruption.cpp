#include "runtime/trap/interruption.h"

#include <pthread.h>
#include <sanitizer/asan_interface.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <ctime>
#include <mutex>

#include "runtime/arch/entry.h"
#include "runtime/arch/signal_context.h"
#include "runtime/base/check.h"
#include "runtime/base/long_operation.h"
#include "runtime/trap/activation.h"
#include "runtime/trap/guest_stack.h"
#include "runtime/trap/redirect.h"

namespace runtime {
namespace {

// The default action of SIGURG is to do nothing, debuggers pass it on, and hardly a program uses
// it.
constexpr int kSignal = SIGURG;
constexpr uint64_t kSecond = 1'000'000'000;
// The time until a signal that did not meet compiled code is repeated, in nanoseconds.
constexpr uint64_t kRetryPeriod = 1'000'000;

// Written only before the handler is installed, so that it may read it.
struct sigaction previousAction;
// The address tells signals of this file from others.
char signalMark;

// What the handler uses of a thread. System calls are made directly, since the C library does not
// promise that its functions for timers may be called by signal handlers.
struct ThreadState {
  int id = 0;     // of the system; 0: the thread cannot call guests
  int timer = 0;  // the system's id of its timer, which sends kSignal to it
  bool hasTimer = false;
  uint32_t signals = 0;  // that the handler has handled
};
constinit thread_local ThreadState thisThread __attribute__((tls_model("initial-exec")));

int systemThreadId() { return static_cast<int>(::syscall(SYS_gettid)); }

uint64_t now() {
  timespec time{};
  ::clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<uint64_t>(time.tv_sec) * kSecond + static_cast<uint64_t>(time.tv_nsec);
}

// A thread may have ended, and another one of the process may have its id. Then the handler finds
// no guest of the store there. In a child process, the thread that has called fork() has another
// id, and is the one that receives the signals of the process.
void sendSignal(int thread) {
  siginfo_t info{};
  info.si_code = SI_QUEUE;
  info.si_pid = ::getpid();
  info.si_uid = ::getuid();
  info.si_value.sival_ptr = &signalMark;
  if (::syscall(SYS_rt_tgsigqueueinfo, info.si_pid, thread, kSignal, &info) == 0) return;
  if (errno == ESRCH) ::syscall(SYS_rt_sigqueueinfo, info.si_pid, kSignal, &info);
}

// Makes a timer for the thread, and returns whether that has succeeded.
bool makeTimer() {
  sigevent event{};
  event.sigev_notify = SIGEV_THREAD_ID;
  event.sigev_signo = kSignal;
  event.sigev_value.sival_ptr = &signalMark;
  event._sigev_un._tid = systemThreadId();
  int timer = 0;
  if (::syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &timer) != 0) return false;
  thisThread.timer = timer;
  thisThread.hasTimer = true;
  return true;
}

// Lets the timer expire at a time of CLOCK_MONOTONIC, or never if that is 0. Returns false if there
// is none: a child process has no timers of its parent.
bool setTimer(uint64_t time) {
  itimerspec value{};
  value.it_value.tv_sec = static_cast<time_t>(time / kSecond);
  value.it_value.tv_nsec = static_cast<long>(time % kSecond);
  return thisThread.hasTimer &&
         ::syscall(SYS_timer_settime, thisThread.timer, TIMER_ABSTIME, &value, nullptr) == 0;
}

bool isMarked(const siginfo_t& info) {
  return (info.si_code == SI_QUEUE || info.si_code == SI_TIMER) &&
         info.si_value.sival_ptr == &signalMark;
}

void passOn(int signal, siginfo_t* info, void* context) {
  if (previousAction.sa_flags & SA_SIGINFO) {
    previousAction.sa_sigaction(signal, info, context);
  } else if (previousAction.sa_handler != SIG_DFL && previousAction.sa_handler != SIG_IGN) {
    previousAction.sa_handler(signal);
  }
}

}  // namespace

// The part of the handler that has access to the state of stores.
class InterruptHandler {
 public:
  // Lets the guest trap if its call must end and compiled code runs. Otherwise sees to it that the
  // signal comes again if it may be needed.
  static void handle(SignalContext context) {
    ++thisThread.signals;
    Activation* innermost = currentActivation;
    if (innermost == nullptr) return;
    const uint64_t time = now();
    for (Activation* each = innermost; each != nullptr; each = each->outer) {
      Interruption& store = each->state->interruption;
      uint64_t deadline = store.deadline_.load(std::memory_order_relaxed);
      if (deadline != 0 && deadline <= time) store.isRequested_ = true;
      // If a host function runs, the guest traps when it returns.
      if (store.isRequested()) each->state->hostTrapPending = 1;
    }
    bool mustEnd = innermost->state->interruption.isRequested();
    if (mustEnd && isGuestCode(context.pc())) {
      redirectToLanding(*innermost, abi::TrapCode::Interrupted, context);
      return;
    }
    scheduleSignal();
  }

  // Returns when the thread needs the next signal, 0 if never.
  static uint64_t nextSignal() {
    uint64_t next = 0;
    for (Activation* each = currentActivation; each != nullptr; each = each->outer) {
      const Interruption& store = each->state->interruption;
      if (store.isRequested()) return now() + kRetryPeriod;
      uint64_t deadline = store.deadline_.load(std::memory_order_relaxed);
      if (deadline != 0 && (next == 0 || deadline < next)) next = deadline;
    }
    return next;
  }

  // Sets the timer to when the thread needs the next signal. Returns false if the system refuses a
  // timer. A signal that arrives meanwhile sets the timer too, and knows more.
  static bool scheduleSignal() {
    uint32_t seen = 0;
    do {
      seen = thisThread.signals;
      std::atomic_signal_fence(std::memory_order_seq_cst);
      uint64_t next = nextSignal();
      if (next == 0 && !thisThread.hasTimer) return true;
      if (!setTimer(next) && !(makeTimer() && setTimer(next))) return false;
      std::atomic_signal_fence(std::memory_order_seq_cst);
    } while (seen != thisThread.signals);
    return true;
  }
};

namespace {

void handleSignal(int signal, siginfo_t* info, void* context) {
  int savedErrno = errno;
  InterruptHandler::handle(SignalContext(context));
  if (!isMarked(*info)) passOn(signal, info, context);
  errno = savedErrno;
}

}  // namespace

// The flag and the thread's id are written in one order and read in the other: either this function
// sees the thread, or the thread sees the flag in enter().
void Interruption::request() {
  isRequested_ = true;
  if (int thread = thread_) sendSignal(thread);
}

bool Interruption::startTimer() {
  uint64_t time = now();
  deadline_.store(timeLimit_ < UINT64_MAX - time ? time + timeLimit_ : UINT64_MAX,
                  std::memory_order_relaxed);
  return InterruptHandler::scheduleSignal();
}

void Interruption::endTimer(bool hadDeadline) {
  if (hadDeadline) deadline_.store(0, std::memory_order_relaxed);
  InterruptHandler::scheduleSignal();
}

void installInterruptHandler() {
  static std::once_flag once;
  std::call_once(once, [] {
    struct sigaction action {};
    action.sa_sigaction = &handleSignal;
    // On the alternate stack, as little may be left of a guest's stack. Without SA_RESTART, so that
    // system calls that wait end.
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    ::sigemptyset(&action.sa_mask);
    CHECK(::sigaction(kSignal, nullptr, &previousAction) == 0);
    CHECK(::sigaction(kSignal, &action, nullptr) == 0);
  });
}

InterruptibleThread::InterruptibleThread() : id_(systemThreadId()) {
  thisThread.id = id_;
  base::onPiece = &checkInterruption;
  sigset_t signals;
  ::sigemptyset(&signals);
  ::sigaddset(&signals, kSignal);
  CHECK(::pthread_sigmask(SIG_UNBLOCK, &signals, nullptr) == 0);
}

InterruptibleThread::~InterruptibleThread() {
  base::onPiece = nullptr;
  if (thisThread.hasTimer) ::syscall(SYS_timer_delete, thisThread.timer);
  thisThread = {};
}

void checkInterruption() {
  if (currentActivation == nullptr || !currentActivation->state->interruption.isRequested()) return;
  // The frames of the callers are discarded. AddressSanitizer does not know this stack, and would
  // later take what it has marked in them for parts of other frames.
  [[maybe_unused]] auto* here = static_cast<char*>(__builtin_frame_address(0));
  ASAN_UNPOISON_MEMORY_REGION(here,
                              currentActivation->stack->top() - reinterpret_cast<uintptr_t>(here));
  wasm2obj_trapInterrupted();
}

}  // namespace runtime
