// The way of a request or a response through a filter.
#ifndef PROXY_WASM_MESSAGE_FILTER_H
#define PROXY_WASM_MESSAGE_FILTER_H

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "abi.h"
#include "callbacks.h"
#include "context.h"
#include "headers.h"
#include "plugin.h"
#include "services/scheduler.h"

namespace proxy_wasm {

struct Message {
  Headers headers;
  std::vector<std::string> chunks;  // of the body, as they arrive
  std::optional<Headers> trailers;
};

// What requests and responses have instead of each other.
struct Direction {
  StreamType stream;
  MapType headers;
  MapType trailers;
  BufferType body;
  Callback<uint32_t(uint32_t, uint32_t)> Callbacks::*onOldHeaders;
  Callback<uint32_t(uint32_t, uint32_t, uint32_t)> Callbacks::*onHeaders;
  Callback<uint32_t(uint32_t, uint32_t, uint32_t)> Callbacks::*onBody;
  Callback<uint32_t(uint32_t, uint32_t)> Callbacks::*onTrailers;
};
extern const Direction kRequest;
extern const Direction kResponse;

// What becomes of a message.
enum class Verdict {
  Forwarded,
  Answered,  // the filter sends a local response
  Closed,    // the filter closes the stream
  Stalled,   // the filter has paused it, and does not continue it in time
  Failed     // the filter has trapped
};

// The way of one message in one direction.
class MessageFilter {
 public:
  // How long a filter may pause a message, in nanoseconds.
  static constexpr uint64_t kPatience = Scheduler::kMillisecond * 15'000;

  MessageFilter(Plugin& plugin, Context& context, Scheduler& scheduler, const Direction& direction)
      : plugin_(plugin), context_(context), scheduler_(scheduler), direction_(direction) {}

  // Passes a message to the filter. If it is forwarded, `message` is what the filter makes of it.
  Verdict run(Message& message);

 private:
  template <class Signature, class... Args>
  bool ask(const Callback<Signature>& callback, Args... arguments) {
    context_.continued(direction_.stream) = false;
    constexpr auto kContinue = static_cast<uint32_t>(Action::Continue);
    return plugin_.call(context_, callback, kContinue, arguments...) == kContinue;
  }
  std::optional<Verdict> verdict() const;
  Verdict wait(bool goesOn);
  bool askHeaders(uint32_t count, bool isEnd);
  Verdict runHeaders(Message& message);
  Verdict runBody(Message& message);
  Verdict runTrailers(Message& message);
  void forwardBody();

  Plugin& plugin_;
  Context& context_;
  Scheduler& scheduler_;
  const Direction& direction_;
  std::vector<std::string> forwarded_;  // of the body
};

}  // namespace proxy_wasm

#endif
