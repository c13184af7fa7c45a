// The proxy: passes traffic through its filters and prints what it sends.
#ifndef PROXY_WASM_PROXY_H
#define PROXY_WASM_PROXY_H

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "message_filter.h"
#include "plugin.h"
#include "services/sections.h"
#include "services/services.h"

namespace proxy_wasm {

// The sections of its traffic:
//     === request, === response      a message; `body` and `trailers` behind it continue it
//     === connection                 of a client
//     === downstream [end]           data from the client; `end`: the last one
//     === upstream [end]             data from the server
//     === close downstream|upstream  by the peer
//     === wait MILLISECONDS
//     === foreign NUMBER             calls proxy_on_foreign_function with the content
// A request or a connection ends with the next one.
class Proxy {
 public:
  // Filters see requests and the client's data in this order, all else in the opposite one.
  Proxy(Services& services, std::vector<std::unique_ptr<Plugin>> filters)
      : services_(services), filters_(std::move(filters)) {}

  // Throws a std::runtime_error if the traffic is malformed.
  void run(const std::vector<Section>& traffic);

 private:
  using Place = std::vector<Section>::const_iterator;

  bool runMessage(Place& next, Place end);
  void runOther(const Section& section);
  void openStream();
  void closeStream();
  void filterMessage(const char* title, Message message, const Direction& direction);
  void openConnection();
  void passData(const std::string& data, bool isDownstream, bool isEnd);
  bool passDataTo(size_t filter, std::string& data, bool isDownstream, bool isEnd);
  void closeConnection(bool isDownstream, PeerType peer);
  void answer(const char* title, const Plugin& filter, Context& context, Verdict verdict);
  void printMetrics() const;

  Services& services_;
  std::vector<std::unique_ptr<Plugin>> filters_;
  std::vector<Context*> contexts_;  // of the open stream, one for each filter
  bool isAnswered_ = true;          // or there is no request
  bool isConnected_ = false;
};

}  // namespace proxy_wasm

#endif
