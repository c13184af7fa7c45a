#include "loader/program/interrupter.h"

#include <sys/time.h>

#include <algorithm>
#include <atomic>

#include "runtime/base/check.h"

namespace program {
namespace {

// For the handler.
std::atomic<runtime::Store*> interruptedStore = nullptr;
std::atomic<int> firstSignal = 0;

void interruptStore(int signal) {
  int none = 0;
  firstSignal.compare_exchange_strong(none, signal);
  if (runtime::Store* store = interruptedStore) store->interrupt();
}

void startTimer(std::chrono::nanoseconds limit) {
  constexpr std::chrono::microseconds kShortest{1};  // 0 would stop the timer
  auto rest = std::max(std::chrono::ceil<std::chrono::microseconds>(limit), kShortest);
  auto seconds = std::chrono::floor<std::chrono::seconds>(rest);
  itimerval timer{};
  timer.it_value.tv_sec = seconds.count();
  timer.it_value.tv_usec = (rest - seconds).count();
  CHECK(::setitimer(ITIMER_REAL, &timer, nullptr) == 0);
}

}  // namespace

Interrupter::Interrupter(runtime::Store& store, std::optional<std::chrono::nanoseconds> timeLimit) {
  firstSignal = 0;
  interruptedStore = &store;
  handle(SIGINT);
  handle(SIGTERM);
  if (!timeLimit) return;
  handle(SIGALRM);
  startTimer(*timeLimit);
}

Interrupter::~Interrupter() {
  interruptedStore = nullptr;
  for (int i = 0; i < count_; ++i) {
    if (handled_[i].signal == SIGALRM) {
      itimerval none{};
      ::setitimer(ITIMER_REAL, &none, nullptr);
    }
    ::sigaction(handled_[i].signal, &handled_[i].before, nullptr);
  }
}

int Interrupter::signal() { return firstSignal; }

// Without SA_RESTART, so that the guest's waiting ends at once.
void Interrupter::handle(int signal) {
  struct sigaction action {};
  action.sa_handler = &interruptStore;
  action.sa_flags = SA_ONSTACK | SA_RESETHAND;
  ::sigemptyset(&action.sa_mask);
  struct sigaction before {};
  CHECK(::sigaction(signal, nullptr, &before) == 0);
  bool isIgnored = (before.sa_flags & SA_SIGINFO) == 0 && before.sa_handler == SIG_IGN;
  if (isIgnored && signal != SIGALRM) return;
  CHECK(::sigaction(signal, &action, nullptr) == 0);
  handled_[count_++] = {signal, before};
}

}  // namespace program
