// ABI 0.2.0: replaces a word in bodies and in the data of connections, and counts what it has done
// in data that it shares with other filters. The configuration is OLD=NEW.
#include "proxy_wasm.h"

using namespace proxy_wasm;

PROXY_WASM_ABI(0_2_0)

static constexpr std::string_view kKey = "rewrite.count";
static std::string oldWord, newWord;
static uint32_t queue;

static void count(int replaced) {
  while (replaced != 0) {
    char* value = nullptr;
    size_t size = 0;
    uint32_t cas = 0;
    proxy_get_shared_data(kKey.data(), kKey.size(), &value, &size, &cas);
    std::string text = std::to_string(std::atoi(std::string(value, size).c_str()) + replaced);
    std::free(value);
    uint32_t status =
        proxy_set_shared_data(kKey.data(), kKey.size(), text.data(), text.size(), cas);
    if (status != kCasMismatch) return;
  }
}

static void rewrite(Buffer buffer) {
  std::string text = getBuffer(buffer);
  int replaced = 0;
  for (size_t at = 0; (at = text.find(oldWord, at)) != std::string::npos; at += newWord.size()) {
    text.replace(at, oldWord.size(), newWord);
    ++replaced;
  }
  setBuffer(buffer, text);
  count(replaced);
}

PROXY_WASM_EXPORT(proxy_on_configure)
uint32_t onConfigure(uint32_t, uint32_t) {
  std::string text = getBuffer(kPluginConfiguration);
  size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) return false;
  oldWord = text.substr(0, equals);
  newWord = text.substr(equals + 1);
  proxy_register_shared_queue("rewrite", 7, &queue);
  proxy_set_tick_period_milliseconds(1000);
  return true;
}

PROXY_WASM_EXPORT(proxy_on_request_body)
uint32_t onRequestBody(uint32_t, uint32_t, uint32_t isEnd) {
  if (!isEnd) return kPause;  // a word may be in two chunks
  rewrite(kRequestBody);
  return kContinue;
}

// With trailers, they are the end.
PROXY_WASM_EXPORT(proxy_on_request_trailers)
uint32_t onRequestTrailers(uint32_t, uint32_t) {
  rewrite(kRequestBody);
  return kContinue;
}

PROXY_WASM_EXPORT(proxy_on_response_headers)
uint32_t onResponseHeaders(uint32_t, uint32_t, uint32_t) {
  proxy_remove_header_map_value(kResponseHeaders, "content-length", 14);
  return kContinue;
}

PROXY_WASM_EXPORT(proxy_on_response_body)
uint32_t onResponseBody(uint32_t, uint32_t, uint32_t isEnd) {
  if (!isEnd) return kPause;
  rewrite(kResponseBody);
  proxy_add_header_map_value(kResponseTrailers, "x-rewritten", 11, "yes", 3);
  return kContinue;
}

PROXY_WASM_EXPORT(proxy_on_downstream_data)
uint32_t onDownstreamData(uint32_t, uint32_t, uint32_t) {
  rewrite(kDownstreamData);
  return kContinue;
}

PROXY_WASM_EXPORT(proxy_on_upstream_data)
uint32_t onUpstreamData(uint32_t, uint32_t size, uint32_t isEnd) {
  if (size < 8 && !isEnd) return kPause;
  if (getBuffer(kUpstreamData).starts_with("BYE")) proxy_close_stream(kDownstream);
  return kContinue;
}

PROXY_WASM_EXPORT(proxy_on_downstream_connection_close)
void onDownstreamClose(uint32_t, uint32_t peer) {
  log(kInfo, peer == 2 ? "closed by the client" : "closed by the filter");
}

// Every second the number of words goes to a queue, and from there into the log.
PROXY_WASM_EXPORT(proxy_on_tick)
void onTick(uint32_t) {
  char* value = nullptr;
  size_t size = 0;
  uint32_t cas = 0;
  if (proxy_get_shared_data(kKey.data(), kKey.size(), &value, &size, &cas) != kOk) return;
  proxy_enqueue_shared_queue(queue, value, size);
  std::free(value);
  proxy_set_tick_period_milliseconds(0);
}

PROXY_WASM_EXPORT(proxy_on_queue_ready)
void onQueueReady(uint32_t, uint32_t number) {
  log(kInfo, "words: " + take(proxy_dequeue_shared_queue, number).value_or("none"));
}
