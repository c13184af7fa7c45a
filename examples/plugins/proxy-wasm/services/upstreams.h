// The servers that filters may call, and what they reply.
#ifndef PROXY_WASM_UPSTREAMS_H
#define PROXY_WASM_UPSTREAMS_H

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "headers.h"

namespace proxy_wasm {

// A reply to a call by HTTP.
struct HttpReply {
  Headers headers;
  std::string body;
  Headers trailers;
  uint64_t delay = 0;  // in milliseconds
};

// A reply to a call by gRPC. In a stream, the message is the reply to each message.
struct GrpcReply {
  Headers initialMetadata;
  std::string message;
  Headers trailingMetadata;
  uint32_t status = 0;
  std::string statusMessage;
  uint64_t delay = 0;
};

// Replies by server and path. A file has sections
//     === http UPSTREAM METHOD PATH [DELAY_MS]           headers, an empty line, the body
//     === grpc UPSTREAM SERVICE METHOD [STATUS [DELAY_MS [STATUS_MESSAGE]]]  metadata, the message
// and `=== trailers` behind one of them.
class Upstreams {
 public:
  Upstreams() = default;
  // Throws a std::runtime_error if there is no such file, or another one.
  explicit Upstreams(const std::string& path);

  bool knows(std::string_view upstream) const { return names_.contains(std::string(upstream)); }
  // Returns the reply of a known server, which is 404 for unknown paths.
  HttpReply http(std::string_view upstream, std::string_view method, std::string_view path) const;
  // Returns the reply of a known server, which has the status UNIMPLEMENTED for unknown methods.
  GrpcReply grpc(std::string_view upstream, std::string_view service,
                 std::string_view method) const;

 private:
  std::set<std::string> names_;
  std::map<std::string, HttpReply> http_;  // by the words of the section
  std::map<std::string, GrpcReply> grpc_;
};

}  // namespace proxy_wasm

#endif
