// ABI 0.2.1: asks another server whether a request is allowed. The configuration names the server.
#include <cstdio>
#include <map>

#include "proxy_wasm.h"

using namespace proxy_wasm;

PROXY_WASM_ABI(0_2_1)

static std::string server;
static uint32_t allowed, refused;
static std::map<uint32_t, uint32_t> waiting;  // contexts by call

PROXY_WASM_EXPORT(proxy_on_configure)
uint32_t onConfigure(uint32_t, uint32_t) {
  server = getBuffer(kPluginConfiguration);
  if (server.empty()) {
    std::fprintf(stderr, "no server is configured\n");
    return false;
  }
  std::printf("asks the server %s\n", server.c_str());
  allowed = defineMetric(kCounter, "authorize.allowed");
  refused = defineMetric(kCounter, "authorize.refused");
  return true;
}

PROXY_WASM_EXPORT(proxy_on_request_headers)
uint32_t onRequestHeaders(uint32_t context, uint32_t, uint32_t) {
  std::string user = getHeader(kRequestHeaders, "x-user").value_or("nobody");
  std::string headers =
      serialize({{":method", "GET"}, {":path", "/users/" + user}, {":authority", "authorization"}});
  uint32_t call = 0;
  uint32_t status = proxy_http_call(server.data(), server.size(), headers.data(), headers.size(),
                                    nullptr, 0, nullptr, 0, 1000, &call);
  if (status != kOk) {
    respond(500, "cannot ask the server\n");
    return kPause;
  }
  waiting[call] = context;
  return kPause;
}

PROXY_WASM_EXPORT(proxy_on_http_call_response)
void onHttpCallResponse(uint32_t, uint32_t call, uint32_t headerCount, uint32_t, uint32_t) {
  auto found = waiting.find(call);
  if (found == waiting.end()) return;
  std::string status = getHeader(kCallResponseHeaders, ":status").value_or("none");
  std::string role = getBuffer(kCallResponseBody);
  proxy_set_effective_context(found->second);
  waiting.erase(found);
  if (headerCount == 0 || status != "200") {
    proxy_increment_metric(refused, 1);
    respond(403, "status " + status + "\n", {{"content-type", "text/plain"}});
    return;
  }
  proxy_increment_metric(allowed, 1);
  replaceHeader(kRequestHeaders, "x-role", role);
  proxy_continue_stream(kRequest);
}

PROXY_WASM_EXPORT(proxy_on_log)
void onLog(uint32_t) {
  std::string_view name("request\0path", 12);
  std::string path = take(proxy_get_property, name.data(), name.size()).value_or("?");
  log(kInfo, "end of " + path);
}
