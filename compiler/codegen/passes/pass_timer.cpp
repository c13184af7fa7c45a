#include "compiler/codegen/passes/pass_timer.h"

#include <llvm/ADT/StringExtras.h>
#include <llvm/Pass.h>
#include <llvm/Support/Timer.h>
#include <llvm/Support/raw_ostream.h>

#include <ctime>

namespace codegen {
namespace {

double threadSeconds() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

}  // namespace

void PassTimer::observe(llvm::PassInstrumentationCallbacks& callbacks) {
  callbacks.registerBeforeNonSkippedPassCallback(
      [this](llvm::StringRef name, const llvm::Any&) { begin(name); });
  callbacks.registerAfterPassCallback(
      [this](llvm::StringRef, const llvm::Any&, const llvm::PreservedAnalyses&) { end(); });
  callbacks.registerAfterPassInvalidatedCallback(
      [this](llvm::StringRef, const llvm::PreservedAnalyses&) { end(); });
  callbacks.registerBeforeAnalysisCallback(
      [this](llvm::StringRef name, const llvm::Any&) { begin(name); });
  callbacks.registerAfterAnalysisCallback([this](llvm::StringRef, const llvm::Any&) { end(); });
}

void PassTimer::begin(llvm::StringRef name) {
  charge();
  running_.push_back(name.str());
}

void PassTimer::end() {
  charge();
  running_.pop_back();
}

void PassTimer::charge() {
  double now = threadSeconds();
  if (!running_.empty()) report_(running_.back(), now - last_);
  last_ = now;
}

void measureEmission() { llvm::TimePassesIsEnabled = true; }

// LLVM has a timer for each pass object, of which each module has its own, and tells their times
// only as text: lines such as
//     "time.pass.greedy.user": 1.2e-01,
void reportEmission(const base::TimeCallback& report) {
  std::string text;
  llvm::raw_string_ostream out(text);
  llvm::TimerGroup::printAllJSONValues(out, "");
  llvm::TimerGroup::clearAll();
  for (llvm::StringRef line : llvm::split(text, '\n')) {
    auto [name, value] = line.trim(" \t,").split("\": ");
    double seconds = 0;
    if (!name.consume_front("\"time.pass.") || !name.consume_back(".user")) continue;
    if (!value.getAsDouble(seconds)) report(("emission: " + name).str(), seconds);
  }
}

}  // namespace codegen
