#include "services/scheduler.h"

#include <stdexcept>
#include <utility>

namespace proxy_wasm {

namespace {

constexpr int kMaxEvents = 100'000;  // in one call of pass

}  // namespace

void Scheduler::after(uint64_t delay, std::function<void()> happens) {
  due_.emplace(now_ + delay, std::move(happens));
}

bool Scheduler::runNext(uint64_t until) {
  auto next = due_.begin();
  if (next == due_.end() || next->first > until) return false;
  now_ = next->first;
  std::function<void()> happens = std::move(next->second);
  due_.erase(next);
  happens();
  return true;
}

void Scheduler::pass(uint64_t duration) {
  uint64_t end = now_ + duration;
  for (int count = 0; runNext(end); ++count) {
    if (count == kMaxEvents) throw std::runtime_error("the filters keep the proxy busy for ever");
  }
  now_ = end;
}

}  // namespace proxy_wasm
