// Counts the work of a compilation that is done.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>

namespace codegen {

// How far a compilation is.
struct Progress {
  uint32_t functions;  // that are done
  uint32_t allFunctions;
  double share;  // of the work, by an estimate
};
using ProgressCallback = std::function<void(const Progress&)>;

// The steps in which a function is compiled, by their share of the time.
enum class Step : uint8_t { Translate, Optimize, Emit };
inline constexpr double kStepShares[] = {0.03, 0.45, 0.52};

// Reports the progress of a compilation to a callback, which may be empty. Thread-safe.
class WorkMeter {
 public:
  // `bytes` is the size of the bodies of all `functions`. The callback must outlive the meter.
  WorkMeter(const ProgressCallback& report, uint32_t functions, uint64_t bytes)
      : report_(report), bytes_(static_cast<double>(bytes)), progress_{0, functions, 0} {}

  // Counts a step of functions whose bodies have `bytes` bytes.
  void add(Step step, uint32_t functions, uint64_t bytes) {
    if (!report_) return;
    std::lock_guard lock(mutex_);
    progress_.share += kStepShares[static_cast<size_t>(step)] * static_cast<double>(bytes) / bytes_;
    if (step == Step::Emit) progress_.functions += functions;
    report_(progress_);
  }

 private:
  const ProgressCallback& report_;
  const double bytes_;
  std::mutex mutex_;
  Progress progress_;
};

}  // namespace codegen
