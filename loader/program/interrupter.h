// What ends a program's guest from outside: SIGINT, SIGTERM and a time limit.
#pragma once

#include <chrono>
#include <csignal>
#include <optional>

#include "runtime/store.h"

namespace program {

// Interrupts a store when one of the signals arrives or the time is over, during its lifetime. A
// signal that arrives once more ends the process. There is one at a time in a process.
class Interrupter {
 public:
  // The store must outlive it. Signals that the process ignores remain ignored. CHECKs that the
  // system has a timer.
  Interrupter(runtime::Store& store, std::optional<std::chrono::nanoseconds> timeLimit);
  // Restores the actions of the signals.
  ~Interrupter();
  Interrupter(const Interrupter&) = delete;
  Interrupter& operator=(const Interrupter&) = delete;

  // Returns the signal that has interrupted the store: SIGALRM if the time is over; 0 if none has.
  static int signal();

 private:
  struct Handled {
    int signal;
    struct sigaction before;
  };

  void handle(int signal);

  Handled handled_[3];
  int count_ = 0;
};

}  // namespace program
