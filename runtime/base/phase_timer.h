// A timer for the phases of a program.
#pragma once

#include <chrono>
#include <functional>
#include <string_view>

namespace base {

// A function that receives the time that a phase took. It may be called by several threads at once.
using TimeCallback = std::function<void(std::string_view phase, double seconds)>;

// Measures the wall-clock time from its construction to its destruction and reports it. The
// function and the name of the phase must outlive it.
class PhaseTimer {
 public:
  PhaseTimer(const TimeCallback& report, std::string_view phase) : report_(report), phase_(phase) {}
  ~PhaseTimer() {
    std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
    report_(phase_, elapsed.count());
  }
  PhaseTimer(const PhaseTimer&) = delete;
  PhaseTimer& operator=(const PhaseTimer&) = delete;

 private:
  const TimeCallback& report_;
  std::string_view phase_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace base
