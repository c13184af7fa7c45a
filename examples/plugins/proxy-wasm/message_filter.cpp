#include "message_filter.h"

#include <utility>

namespace proxy_wasm {

const Direction kRequest = {StreamType::HttpRequest,       MapType::HttpRequestHeaders,
                            MapType::HttpRequestTrailers,  BufferType::HttpRequestBody,
                            &Callbacks::oldRequestHeaders, &Callbacks::requestHeaders,
                            &Callbacks::requestBody,       &Callbacks::requestTrailers};
const Direction kResponse = {StreamType::HttpResponse,       MapType::HttpResponseHeaders,
                             MapType::HttpResponseTrailers,  BufferType::HttpResponseBody,
                             &Callbacks::oldResponseHeaders, &Callbacks::responseHeaders,
                             &Callbacks::responseBody,       &Callbacks::responseTrailers};

std::optional<Verdict> MessageFilter::verdict() const {
  if (plugin_.hasFailed()) return Verdict::Failed;
  if (context_.localResponse) return Verdict::Answered;
  if (context_.closed(direction_.stream)) return Verdict::Closed;
  return std::nullopt;
}

// Lets time pass until a message that does not go on is continued.
Verdict MessageFilter::wait(bool goesOn) {
  uint64_t end = scheduler_.now() + kPatience;
  while (true) {
    if (std::optional<Verdict> found = verdict()) return *found;
    if (goesOn || context_.continued(direction_.stream)) return Verdict::Forwarded;
    if (!scheduler_.runNext(end)) return Verdict::Stalled;
  }
}

Verdict MessageFilter::run(Message& message) {
  Verdict found = runHeaders(message);
  if (found == Verdict::Forwarded) found = runBody(message);
  if (found == Verdict::Forwarded) found = runTrailers(message);
  context_.map(direction_.headers).isWritable = false;
  context_.map(direction_.trailers).isWritable = false;
  context_.buffer(direction_.body).reset();
  message.chunks = std::move(forwarded_);
  return found;
}

bool MessageFilter::askHeaders(uint32_t count, bool isEnd) {
  const Callbacks& callbacks = plugin_.callbacks();
  return callbacks.isOld ? ask(callbacks.*direction_.onOldHeaders, count)
                         : ask(callbacks.*direction_.onHeaders, count, uint32_t{isEnd});
}

Verdict MessageFilter::runHeaders(Message& message) {
  Fields& fields = context_.map(direction_.headers);
  fields = {message.headers, true};
  bool isEnd = message.chunks.empty() && !message.trailers;
  Verdict found = wait(askHeaders(message.headers.size(), isEnd));
  message.headers = *fields.headers;
  fields.isWritable = false;
  return found;
}

void MessageFilter::forwardBody() {
  std::string& body = *context_.buffer(direction_.body);
  if (!body.empty()) forwarded_.push_back(body);
  body.clear();
}

// What the filter does not let go on is buffered, and shown to it again with the next chunk.
Verdict MessageFilter::runBody(Message& message) {
  std::string& body = context_.buffer(direction_.body).emplace();
  bool goesOn = true;
  for (size_t index = 0; index < message.chunks.size(); ++index) {
    body += message.chunks[index];
    bool isEnd = index + 1 == message.chunks.size() && !message.trailers;
    // A filter may add trailers at the end of a body that has none.
    if (isEnd) context_.map(direction_.trailers) = {Headers(), true};
    auto size = static_cast<uint32_t>(body.size());
    goesOn = ask(plugin_.callbacks().*direction_.onBody, size, uint32_t{isEnd}) ||
             context_.continued(direction_.stream);
    if (std::optional<Verdict> found = verdict()) return *found;
    if (goesOn) forwardBody();
  }
  if (message.trailers) return Verdict::Forwarded;
  Verdict found = wait(goesOn);
  forwardBody();
  const std::optional<Headers>& added = context_.map(direction_.trailers).headers;
  if (added && !added->empty()) message.trailers = *added;
  return found;
}

Verdict MessageFilter::runTrailers(Message& message) {
  Fields& fields = context_.map(direction_.trailers);
  if (!message.trailers || fields.headers) return Verdict::Forwarded;  // none, or added here
  fields = {*message.trailers, true};
  Verdict found = wait(ask(plugin_.callbacks().*direction_.onTrailers, message.trailers->size()));
  forwardBody();
  message.trailers = *fields.headers;
  return found;
}

}  // namespace proxy_wasm
