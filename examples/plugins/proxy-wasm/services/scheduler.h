// The time of the proxy, which passes without waiting: it is that of the sample traffic.
#ifndef PROXY_WASM_SCHEDULER_H
#define PROXY_WASM_SCHEDULER_H

#include <cstdint>
#include <functional>
#include <map>

namespace proxy_wasm {

// What is to happen later, such as a reply to a call, or a tick.
class Scheduler {
 public:
  static constexpr uint64_t kMillisecond = 1'000'000;  // in nanoseconds

  // `now` is in nanoseconds since 1970-01-01.
  explicit Scheduler(uint64_t now) : now_(now) {}

  uint64_t now() const { return now_; }
  // Lets something happen `delay` nanoseconds from now, after what was to happen then.
  void after(uint64_t delay, std::function<void()> happens);
  // Lets the next thing happen that is due by the time `until`, and advances the time to it.
  // Returns false if there is none.
  bool runNext(uint64_t until);
  // Lets `duration` pass.
  void pass(uint64_t duration);

 private:
  uint64_t now_;
  std::multimap<uint64_t, std::function<void()>> due_;
};

}  // namespace proxy_wasm

#endif
