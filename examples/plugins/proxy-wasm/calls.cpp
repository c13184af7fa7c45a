#include "calls.h"

#include "plugin.h"

namespace proxy_wasm {

namespace {

constexpr uint32_t kGrpcDeadlineExceeded = 4;

uint32_t sizeOf(const std::string& text) { return static_cast<uint32_t>(text.size()); }

}  // namespace

// --- HTTP ---------------------------------------------------------------------------------------

Status Calls::http(std::string_view upstream, const Headers& headers, uint32_t timeout,
                   uint32_t* id) {
  std::optional<std::string> method = headers.get(":method");
  std::optional<std::string> path = headers.get(":path");
  if (!services_.upstreams.knows(upstream)) return Status::BadArgument;
  if (!method || !path || !headers.get(":authority")) return Status::BadArgument;
  HttpReply reply = services_.upstreams.http(upstream, *method, *path);
  if (reply.delay > timeout) {
    reply = {};  // without headers: the call has failed
    reply.delay = timeout;
  }
  *id = ++lastId_;
  plugin_.later(reply.delay, [this, call = *id, reply] { receive(call, reply); });
  return Status::Ok;
}

void Calls::receive(uint32_t id, const HttpReply& reply) {
  Context& root = plugin_.root();
  root.map(MapType::HttpCallResponseHeaders).headers = reply.headers;
  root.map(MapType::HttpCallResponseTrailers).headers = reply.trailers;
  root.buffer(BufferType::HttpCallResponseBody) = reply.body;
  root.statusCode =
      static_cast<uint32_t>(std::atoi(reply.headers.get(":status").value_or("0").c_str()));
  root.statusMessage = reply.headers.empty() ? "timeout" : "";
  plugin_.call(root, plugin_.callbacks().httpCallResponse, 0, id, reply.headers.size(),
               sizeOf(reply.body), reply.trailers.size());
  root.map(MapType::HttpCallResponseHeaders).headers.reset();
  root.map(MapType::HttpCallResponseTrailers).headers.reset();
  root.buffer(BufferType::HttpCallResponseBody).reset();
}

// --- gRPC ---------------------------------------------------------------------------------------

Status Calls::grpc(std::string_view upstream, std::string_view service, std::string_view method,
                   bool isStream, uint32_t timeout, uint32_t* id) {
  if (!services_.upstreams.knows(upstream)) return Status::ParseFailure;
  *id = ++lastId_;
  GrpcReply& reply = grpc_[*id] = services_.upstreams.grpc(upstream, service, method);
  if (reply.delay > timeout) {
    plugin_.later(timeout, [this, call = *id] {
      receiveEnd(call, kGrpcDeadlineExceeded, "deadline exceeded");
    });
    return Status::Ok;
  }
  plugin_.later(reply.delay, [this, isStream, call = *id] {
    receiveInitial(call);
    if (isStream) return;
    receiveMessage(call);
    receiveReplyEnd(call);
  });
  return Status::Ok;
}

Status Calls::grpcSend(uint32_t id, bool isEnd) {
  auto found = grpc_.find(id);
  if (found == grpc_.end()) return Status::NotFound;
  plugin_.later(found->second.delay, [this, id, isEnd] {
    receiveMessage(id);
    if (isEnd) receiveReplyEnd(id);
  });
  return Status::Ok;
}

Status Calls::grpcCancel(uint32_t id) {
  return grpc_.erase(id) == 1 ? Status::Ok : Status::NotFound;
}

void Calls::receiveInitial(uint32_t id) {
  auto found = grpc_.find(id);
  if (found == grpc_.end()) return;
  std::optional<Headers>& seen = plugin_.root().map(MapType::GrpcCallInitialMetadata).headers;
  seen = found->second.initialMetadata;
  plugin_.call(plugin_.root(), plugin_.callbacks().grpcInitialMetadata, 0, id, seen->size());
  seen.reset();
}

void Calls::receiveMessage(uint32_t id) {
  auto found = grpc_.find(id);
  if (found == grpc_.end() || found->second.status != 0) return;
  std::optional<std::string>& seen = plugin_.root().buffer(BufferType::GrpcCallMessage);
  seen = found->second.message;
  plugin_.call(plugin_.root(), plugin_.callbacks().grpcReceive, 0, id, sizeOf(*seen));
  seen.reset();
}

void Calls::receiveReplyEnd(uint32_t id) {
  auto found = grpc_.find(id);
  if (found == grpc_.end()) return;
  GrpcReply reply = found->second;
  std::optional<Headers>& seen = plugin_.root().map(MapType::GrpcCallTrailingMetadata).headers;
  seen = reply.trailingMetadata;
  plugin_.call(plugin_.root(), plugin_.callbacks().grpcTrailingMetadata, 0, id, seen->size());
  seen.reset();
  receiveEnd(id, reply.status, reply.statusMessage);
}

void Calls::receiveEnd(uint32_t id, uint32_t status, std::string_view message) {
  if (grpc_.erase(id) == 0) return;  // canceled
  plugin_.root().statusCode = status;
  plugin_.root().statusMessage = message;
  plugin_.call(plugin_.root(), plugin_.callbacks().grpcClose, 0, id, status);
}

}  // namespace proxy_wasm
