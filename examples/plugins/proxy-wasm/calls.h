// The calls that a filter makes by HTTP and gRPC.
#ifndef PROXY_WASM_CALLS_H
#define PROXY_WASM_CALLS_H

#include <cstdint>
#include <map>
#include <string_view>

#include "abi.h"
#include "services/services.h"

namespace proxy_wasm {

class Plugin;

class Calls {
 public:
  Calls(Plugin& plugin, Services& services) : plugin_(plugin), services_(services) {}

  // The functions of the ABI. They set `*id` to the number of the call.
  Status http(std::string_view upstream, const Headers& headers, uint32_t timeout, uint32_t* id);
  // `isStream`: messages are sent by grpcSend, else the message has been sent with the call.
  Status grpc(std::string_view upstream, std::string_view service, std::string_view method,
              bool isStream, uint32_t timeout, uint32_t* id);
  Status grpcSend(uint32_t id, bool isEnd);
  // No callback is called for the call any more.
  Status grpcCancel(uint32_t id);
  // Forgets all calls.
  void clear() { grpc_.clear(); }

 private:
  void receive(uint32_t id, const HttpReply& reply);
  void receiveInitial(uint32_t id);
  void receiveMessage(uint32_t id);
  void receiveEnd(uint32_t id, uint32_t status, std::string_view message);
  void receiveReplyEnd(uint32_t id);

  Plugin& plugin_;
  Services& services_;
  uint32_t lastId_ = 0;
  std::map<uint32_t, GrpcReply> grpc_;  // of calls that have not ended
};

}  // namespace proxy_wasm

#endif
