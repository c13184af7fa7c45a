#include "proxy.h"

#include <iostream>
#include <stdexcept>

namespace proxy_wasm {

namespace {

constexpr uint32_t kUnavailable = 503;

void print(const Headers& headers) {
  for (const auto& [name, value] : headers.fields()) std::cout << name << ": " << value << '\n';
}

void print(const char* title, const Message& message) {
  std::cout << "=== " << title << '\n';
  print(message.headers);
  const char* before = "\n";
  for (const std::string& chunk : message.chunks) {
    std::cout << before << chunk << '\n';
    before = "=== body\n";
  }
  if (!message.trailers) return;
  std::cout << "=== trailers\n";
  print(*message.trailers);
}

Message toMessage(const LocalResponse& response) {
  Message message;
  message.headers.add(":status", std::to_string(response.status));
  for (const auto& [name, value] : response.headers.fields()) message.headers.add(name, value);
  if (!response.body.empty()) message.chunks.push_back(response.body);
  return message;
}

}  // namespace

void Proxy::run(const std::vector<Section>& traffic) {
  services_.scheduler.pass(0);  // what the filters have begun when they were configured
  for (auto next = traffic.begin(); next != traffic.end();) {
    if (!runMessage(next, traffic.end())) runOther(*next++);
    services_.scheduler.pass(0);
  }
  closeStream();
  services_.scheduler.pass(MessageFilter::kPatience);
  printMetrics();
}

void Proxy::runOther(const Section& section) {
  const std::string& kind = section.kind;
  bool isDownstream = kind == "downstream" || section.word(0, "") == "downstream";
  if (kind == "wait") {
    services_.scheduler.pass(section.number(0, 0) * Scheduler::kMillisecond);
  } else if (kind == "foreign") {
    for (const std::unique_ptr<Plugin>& filter : filters_) {
      std::optional<std::string>& seen =
          filter->root().buffer(BufferType::ForeignFunctionArguments);
      seen = section.content;
      filter->call(filter->root(), filter->callbacks().foreignFunction, 0,
                   static_cast<uint32_t>(section.number(0, 0)),
                   static_cast<uint32_t>(section.content.size()));
      seen.reset();
    }
  } else if (kind == "connection") {
    openConnection();
  } else if (kind == "downstream" || kind == "upstream") {
    passData(section.content, isDownstream, section.word(0, "") == "end");
  } else if (kind == "close") {
    closeConnection(isDownstream, PeerType::Remote);
  } else {
    throw std::runtime_error(section.place + ": unknown section '" + kind + "'");
  }
}

// --- HTTP ---------------------------------------------------------------------------------------

// Takes a message with all its sections; returns false if there is none at this place.
bool Proxy::runMessage(Place& next, Place end) {
  bool isRequest = next->kind == "request";
  if (!isRequest && next->kind != "response") return false;
  Message message;
  auto [headers, body] = next->message();
  message.headers = headers;
  if (!body.empty()) message.chunks.push_back(body);
  for (++next; next != end && (next->kind == "body" || next->kind == "trailers"); ++next) {
    if (next->kind == "body") {
      message.chunks.push_back(next->content);
    } else {
      message.trailers = next->message().first;
    }
  }
  if (isRequest) {
    openStream();
    isAnswered_ = false;
    filterMessage("request to upstream", std::move(message), kRequest);
  } else if (!isAnswered_) {
    isAnswered_ = true;
    filterMessage("response to client", std::move(message), kResponse);
  }
  return true;
}

void Proxy::openStream() {
  closeStream();
  for (const std::unique_ptr<Plugin>& filter : filters_) {
    if (filter->hasFailed()) filter->start();
    contexts_.push_back(&filter->openStream());
  }
}

void Proxy::closeStream() {
  for (size_t index = 0; index < contexts_.size(); ++index) {
    filters_[index]->closeStream(*contexts_[index]);
  }
  contexts_.clear();
  isAnswered_ = true;
  isConnected_ = false;
}

void Proxy::filterMessage(const char* title, Message message, const Direction& direction) {
  for (size_t step = 0; step < filters_.size(); ++step) {
    size_t index = direction.stream == StreamType::HttpRequest ? step : filters_.size() - 1 - step;
    Plugin& filter = *filters_[index];
    MessageFilter way(filter, *contexts_[index], services_.scheduler, direction);
    Verdict verdict = way.run(message);
    if (verdict == Verdict::Forwarded) continue;
    answer(title, filter, *contexts_[index], verdict);
    isAnswered_ = true;
    return;
  }
  print(title, message);
}

// Sends a response instead of what has not been forwarded: the filter's own, or an error.
void Proxy::answer(const char* title, const Plugin& filter, Context& context, Verdict verdict) {
  static constexpr const char* kReasons[] = {"", "", "closed", "not continued", "failed"};
  if (verdict != Verdict::Answered) {
    services_.log(LogLevel::Error, filter.options().name,
                  std::string(title) + ": " + kReasons[static_cast<int>(verdict)]);
  }
  if (verdict == Verdict::Closed) return;
  LocalResponse unavailable;
  unavailable.status = kUnavailable;
  print("local response to client",
        toMessage(verdict == Verdict::Answered ? *context.localResponse : unavailable));
}

// --- Connections --------------------------------------------------------------------------------

void Proxy::openConnection() {
  openStream();
  isConnected_ = true;
  std::cout << "=== connection\n";
  for (size_t index = 0; index < filters_.size(); ++index) {
    Context& context = *contexts_[index];
    context.buffer(BufferType::DownstreamData).emplace();
    context.buffer(BufferType::UpstreamData).emplace();
    const auto& callback = filters_[index]->callbacks().newConnection;
    if (filters_[index]->call(context, callback, 0) != 0) {
      uint64_t end = services_.scheduler.now() + MessageFilter::kPatience;
      while (!context.continued(StreamType::Downstream) && services_.scheduler.runNext(end)) {
      }
      if (!context.continued(StreamType::Downstream)) context.closed(StreamType::Downstream) = true;
    }
  }
  passData("", true, false);
}

void Proxy::passData(const std::string& data, bool isDownstream, bool isEnd) {
  std::string passed = data;
  for (size_t step = 0; isConnected_ && step < filters_.size(); ++step) {
    size_t index = isDownstream ? step : filters_.size() - 1 - step;
    if (!passDataTo(index, passed, isDownstream, isEnd)) return;
  }
  if (!isConnected_ || passed.empty()) return;
  std::cout << "=== " << (isDownstream ? "data to upstream" : "data to client") << '\n'
            << passed << '\n';
}

// Shows a filter the data, behind those that it has paused. Returns whether they go on.
bool Proxy::passDataTo(size_t filter, std::string& data, bool isDownstream, bool isEnd) {
  Plugin& plugin = *filters_[filter];
  Context& context = *contexts_[filter];
  const Callbacks& callbacks = plugin.callbacks();
  StreamType type = isDownstream ? StreamType::Downstream : StreamType::Upstream;
  std::string& buffer =
      *context.buffer(isDownstream ? BufferType::DownstreamData : BufferType::UpstreamData);
  buffer += data;
  bool goesOn = true;
  if (!data.empty() || isEnd) {
    context.continued(type) = false;
    const auto& callback = isDownstream ? callbacks.downstreamData : callbacks.upstreamData;
    auto size = static_cast<uint32_t>(buffer.size());
    goesOn = plugin.call(context, callback, 0, size, uint32_t{isEnd}) == 0;
    services_.scheduler.pass(0);  // what the filter has paused it may continue at once
  }
  for (StreamType each : {StreamType::Downstream, StreamType::Upstream}) {
    if (!context.closed(each) && !plugin.hasFailed()) continue;
    closeConnection(each == StreamType::Downstream, PeerType::Local);
    isConnected_ = false;
    return false;
  }
  if (!goesOn && !context.continued(type)) return false;
  data = std::exchange(buffer, {});
  return true;
}

void Proxy::closeConnection(bool isDownstream, PeerType peer) {
  if (!isConnected_) return;
  std::cout << "=== close " << (isDownstream ? "downstream" : "upstream") << '\n';
  for (size_t index = 0; index < filters_.size(); ++index) {
    const Callbacks& callbacks = filters_[index]->callbacks();
    const auto& callback = isDownstream ? callbacks.downstreamClose : callbacks.upstreamClose;
    filters_[index]->call(*contexts_[index], callback, 0, static_cast<uint32_t>(peer));
  }
}

// --- Metrics ------------------------------------------------------------------------------------

void Proxy::printMetrics() const {
  if (services_.metrics.all().empty()) return;
  std::cout << "=== metrics\n";
  for (const Metrics::Metric& metric : services_.metrics.all()) {
    std::cout << metric.name << ": " << metric.value;
    if (metric.type == MetricType::Histogram) std::cout << " of " << metric.records << " records";
    std::cout << '\n';
  }
}

}  // namespace proxy_wasm
