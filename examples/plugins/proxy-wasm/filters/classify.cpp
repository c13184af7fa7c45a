// ABI 0.1.0: asks a service by gRPC for the class of a request, and adds it to the headers.
#include "proxy_wasm.h"

using namespace proxy_wasm;

PROXY_WASM_ABI(0_1_0)

static std::string server;
static uint32_t paused;  // context
static uint32_t call;

PROXY_WASM_EXPORT(proxy_on_configure)
uint32_t onConfigure(uint32_t, uint32_t) {
  server = take(proxy_get_configuration).value_or("");
  return !server.empty();
}

PROXY_WASM_EXPORT(proxy_on_request_headers)
uint32_t onRequestHeaders(uint32_t context, uint32_t count) {
  log(kInfo, std::to_string(count) + " headers");
  std::string path = getHeader(kRequestHeaders, ":path").value_or("");
  uint32_t status = proxy_grpc_call(server.data(), server.size(), "Classes", 7, "Find", 4, nullptr,
                                    0, path.data(), path.size(), 1000, &call);
  if (status != kOk) return kContinue;
  paused = context;
  return kPause;
}

PROXY_WASM_EXPORT(proxy_on_grpc_receive)
void onGrpcReceive(uint32_t, uint32_t number, uint32_t) {
  if (number != call) return;
  std::string name = getBuffer(kGrpcMessage);
  proxy_set_effective_context(paused);
  replaceHeader(kRequestHeaders, "x-class", name);
}

PROXY_WASM_EXPORT(proxy_on_grpc_close)
void onGrpcClose(uint32_t, uint32_t, uint32_t status) {
  if (status != 0) {
    uint32_t code = 0;
    log(kWarn, "gRPC: " + take(proxy_get_status, &code).value_or(""));
  }
  proxy_set_effective_context(paused);
  proxy_clear_route_cache();
  proxy_continue_request();
}

PROXY_WASM_EXPORT(proxy_on_response_headers)
uint32_t onResponseHeaders(uint32_t, uint32_t) {
  Pairs pairs = getPairs(kResponseHeaders);
  pairs.emplace_back("x-filter", "classify");
  std::string bytes = serialize(pairs);
  proxy_set_header_map_pairs(kResponseHeaders, bytes.data(), bytes.size());
  return kContinue;
}
