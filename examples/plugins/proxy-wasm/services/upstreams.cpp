#include "services/upstreams.h"

#include <stdexcept>

#include "services/sections.h"

namespace proxy_wasm {

namespace {

constexpr uint32_t kGrpcUnimplemented = 12;

std::string key(std::string_view upstream, std::string_view second, std::string_view third) {
  return std::string(upstream) + " " + std::string(second) + " " + std::string(third);
}

HttpReply httpReply(const Section& section) {
  HttpReply reply;
  std::tie(reply.headers, reply.body) = section.message();
  if (!reply.headers.get(":status")) reply.headers.add(":status", "200");
  reply.delay = section.number(3, 0);
  return reply;
}

GrpcReply grpcReply(const Section& section) {
  GrpcReply reply;
  std::tie(reply.initialMetadata, reply.message) = section.message();
  reply.status = static_cast<uint32_t>(section.number(3, 0));
  reply.delay = section.number(4, 0);
  reply.statusMessage = section.word(5, "");
  return reply;
}

}  // namespace

Upstreams::Upstreams(const std::string& path) {
  Headers* trailers = nullptr;  // of the last reply
  for (const Section& section : readSections(path)) {
    if (section.kind == "trailers" && trailers != nullptr) {
      *trailers = section.message().first;
      continue;
    }
    if (section.words.size() < 3) {
      throw std::runtime_error(section.place + ": an upstream and two more words are expected");
    }
    const std::vector<std::string>& words = section.words;
    std::string name = key(words[0], words[1], words[2]);
    if (section.kind == "http") {
      trailers = &(http_[name] = httpReply(section)).trailers;
    } else if (section.kind == "grpc") {
      trailers = &(grpc_[name] = grpcReply(section)).trailingMetadata;
    } else {
      throw std::runtime_error(section.place + ": unknown section '" + section.kind + "'");
    }
    names_.insert(words[0]);
  }
}

HttpReply Upstreams::http(std::string_view upstream, std::string_view method,
                          std::string_view path) const {
  auto found = http_.find(key(upstream, method, path));
  if (found != http_.end()) return found->second;
  HttpReply none;
  none.headers.add(":status", "404");
  return none;
}

GrpcReply Upstreams::grpc(std::string_view upstream, std::string_view service,
                          std::string_view method) const {
  auto found = grpc_.find(key(upstream, service, method));
  if (found != grpc_.end()) return found->second;
  GrpcReply none;
  none.status = kGrpcUnimplemented;
  none.statusMessage = "unknown method";
  return none;
}

}  // namespace proxy_wasm
