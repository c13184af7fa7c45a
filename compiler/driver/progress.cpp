#include "compiler/driver/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace driver {
namespace {

using std::chrono::seconds;

constexpr std::chrono::seconds kBeforeFirst{1};
constexpr std::chrono::milliseconds kBetween{200};
// Before this share of the work is done, the time that is left cannot be told.
constexpr double kEnoughToTell = 0.05;
constexpr const char* kEraseLine = "\r\x1b[K";

bool isShown() {
  const char* terminal = std::getenv("TERM");
  return ::isatty(STDERR_FILENO) == 1 && terminal != nullptr &&
         std::string_view(terminal) != "dumb";
}

}  // namespace

std::string progressLine(const codegen::Progress& progress, std::chrono::duration<double> elapsed) {
  std::string line =
      fmt::format("compiling: {} of {} functions", progress.functions, progress.allFunctions);
  if (progress.share < kEnoughToTell) return line;
  auto left = std::chrono::ceil<seconds>(elapsed * (1 / progress.share - 1)).count();
  return left < 60 ? fmt::format("{}, {} s left", line, left)
                   : fmt::format("{}, {}:{:02} min left", line, left / 60, left % 60);
}

ProgressDisplay::ProgressDisplay() {
  if (isShown()) thread_ = std::thread([this] { show(); });
}

ProgressDisplay::~ProgressDisplay() {
  if (!thread_.joinable()) return;
  {
    std::lock_guard lock(mutex_);
    isDone_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

codegen::ProgressCallback ProgressDisplay::report() {
  if (!thread_.joinable()) return {};
  return [this](const codegen::Progress& progress) {
    std::lock_guard lock(mutex_);
    latest_ = progress;
  };
}

void ProgressDisplay::show() {
  std::unique_lock lock(mutex_);
  auto isDone = [this] { return isDone_; };
  if (wake_.wait_for(lock, kBeforeFirst, isDone)) return;
  do {
    if (!latest_) continue;
    std::string line = progressLine(*latest_, std::chrono::steady_clock::now() - start_);
    fmt::print(stderr, "{}{}", kEraseLine, line);
    std::fflush(stderr);
  } while (!wake_.wait_for(lock, kBetween, isDone));
  std::fputs(kEraseLine, stderr);
}

}  // namespace driver
