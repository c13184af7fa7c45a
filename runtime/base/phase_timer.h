// The time that a part of a program takes.
#pragma once

#include <chrono>
#include <functional>
#include <string_view>

namespace base {

// May be called from any thread.
using ReportTime = std::function<void(std::string_view phase, double seconds)>;

// Reports how long it has lived. What it is made of outlives it.
class PhaseTimer {
 public:
  PhaseTimer(const ReportTime& report, std::string_view phase) : report_(report), phase_(phase) {}
  ~PhaseTimer() {
    std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
    report_(phase_, elapsed.count());
  }
  PhaseTimer(const PhaseTimer&) = delete;
  PhaseTimer& operator=(const PhaseTimer&) = delete;

 private:
  const ReportTime& report_;
  std::string_view phase_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace base
