// What filters in C++ need of the Proxy-Wasm ABI: the functions that they import, and the strings
// that these exchange. A filter defines callbacks with PROXY_WASM_EXPORT.
//
//   PROXY_WASM_ABI(0_2_1)
//   PROXY_WASM_EXPORT(proxy_on_request_headers)
//   uint32_t onRequestHeaders(uint32_t context, uint32_t count, uint32_t isEnd) { ... }
#ifndef PROXY_WASM_H
#define PROXY_WASM_H

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#define PROXY_WASM_EXPORT(name) extern "C" __attribute__((export_name(#name)))
#define PROXY_WASM_ABI(version) \
  PROXY_WASM_EXPORT(proxy_abi_version_##version) void proxyAbiVersion() {}
// Declares an imported function, whose result is a status.
#define PROXY_WASM_IMPORT(name) \
  extern "C" __attribute__((import_module("env"), import_name(#name))) uint32_t name

// --- Imported functions -------------------------------------------------------------------------

// The specification describes each.
PROXY_WASM_IMPORT(proxy_done)();
PROXY_WASM_IMPORT(proxy_set_effective_context)(uint32_t id);
PROXY_WASM_IMPORT(proxy_get_configuration)(char** value, size_t* size);  // 0.1.0
PROXY_WASM_IMPORT(proxy_log)(uint32_t level, const char* text, size_t size);
PROXY_WASM_IMPORT(proxy_get_log_level)(uint32_t* level);  // 0.2.1
PROXY_WASM_IMPORT(proxy_get_current_time_nanoseconds)(uint64_t* time);
PROXY_WASM_IMPORT(proxy_set_tick_period_milliseconds)(uint32_t period);
PROXY_WASM_IMPORT(proxy_set_buffer_bytes)
(uint32_t buffer, size_t start, size_t size, const char* value, size_t valueSize);
PROXY_WASM_IMPORT(proxy_get_buffer_bytes)
(uint32_t buffer, size_t start, size_t size, char** value, size_t* valueSize);
PROXY_WASM_IMPORT(proxy_get_buffer_status)(uint32_t buffer, size_t* size, uint32_t* unused);
PROXY_WASM_IMPORT(proxy_get_header_map_size)(uint32_t map, size_t* size);
PROXY_WASM_IMPORT(proxy_get_header_map_pairs)(uint32_t map, char** pairs, size_t* size);
PROXY_WASM_IMPORT(proxy_set_header_map_pairs)(uint32_t map, const char* pairs, size_t size);
PROXY_WASM_IMPORT(proxy_get_header_map_value)
(uint32_t map, const char* key, size_t keySize, char** value, size_t* size);
PROXY_WASM_IMPORT(proxy_add_header_map_value)
(uint32_t map, const char* key, size_t keySize, const char* value, size_t size);
PROXY_WASM_IMPORT(proxy_replace_header_map_value)
(uint32_t map, const char* key, size_t keySize, const char* value, size_t size);
PROXY_WASM_IMPORT(proxy_remove_header_map_value)(uint32_t map, const char* key, size_t keySize);
PROXY_WASM_IMPORT(proxy_continue_request)();                // 0.1.0
PROXY_WASM_IMPORT(proxy_continue_response)();               // 0.1.0
PROXY_WASM_IMPORT(proxy_clear_route_cache)();               // 0.1.0
PROXY_WASM_IMPORT(proxy_continue_stream)(uint32_t stream);  // 0.2.0 and later
PROXY_WASM_IMPORT(proxy_close_stream)(uint32_t stream);     // 0.2.0 and later
PROXY_WASM_IMPORT(proxy_get_status)(uint32_t* code, char** message, size_t* size);
PROXY_WASM_IMPORT(proxy_send_local_response)
(uint32_t status, const char* details, size_t detailsSize, const char* body, size_t bodySize,
 const char* headers, size_t headersSize, uint32_t grpcStatus);
PROXY_WASM_IMPORT(proxy_http_call)
(const char* upstream, size_t upstreamSize, const char* headers, size_t headersSize,
 const char* body, size_t bodySize, const char* trailers, size_t trailersSize, uint32_t timeout,
 uint32_t* call);
PROXY_WASM_IMPORT(proxy_grpc_call)
(const char* upstream, size_t upstreamSize, const char* service, size_t serviceSize,
 const char* method, size_t methodSize, const char* metadata, size_t metadataSize,
 const char* message, size_t messageSize, uint32_t timeout, uint32_t* call);
PROXY_WASM_IMPORT(proxy_grpc_stream)
(const char* upstream, size_t upstreamSize, const char* service, size_t serviceSize,
 const char* method, size_t methodSize, const char* metadata, size_t metadataSize,
 uint32_t* stream);
PROXY_WASM_IMPORT(proxy_grpc_send)
(uint32_t stream, const char* message, size_t size, uint32_t isEnd);
PROXY_WASM_IMPORT(proxy_grpc_cancel)(uint32_t call);
PROXY_WASM_IMPORT(proxy_grpc_close)(uint32_t call);
PROXY_WASM_IMPORT(proxy_set_shared_data)
(const char* key, size_t keySize, const char* value, size_t size, uint32_t cas);
PROXY_WASM_IMPORT(proxy_get_shared_data)
(const char* key, size_t keySize, char** value, size_t* size, uint32_t* cas);
PROXY_WASM_IMPORT(proxy_register_shared_queue)(const char* name, size_t size, uint32_t* queue);
PROXY_WASM_IMPORT(proxy_resolve_shared_queue)
(const char* vmId, size_t vmIdSize, const char* name, size_t size, uint32_t* queue);
PROXY_WASM_IMPORT(proxy_enqueue_shared_queue)(uint32_t queue, const char* value, size_t size);
PROXY_WASM_IMPORT(proxy_dequeue_shared_queue)(uint32_t queue, char** value, size_t* size);
PROXY_WASM_IMPORT(proxy_define_metric)
(uint32_t type, const char* name, size_t size, uint32_t* metric);
PROXY_WASM_IMPORT(proxy_record_metric)(uint32_t metric, uint64_t value);
PROXY_WASM_IMPORT(proxy_increment_metric)(uint32_t metric, int64_t delta);
PROXY_WASM_IMPORT(proxy_get_metric)(uint32_t metric, uint64_t* value);
PROXY_WASM_IMPORT(proxy_get_property)
(const char* path, size_t pathSize, char** value, size_t* size);
PROXY_WASM_IMPORT(proxy_set_property)
(const char* path, size_t pathSize, const char* value, size_t size);
PROXY_WASM_IMPORT(proxy_call_foreign_function)
(const char* name, size_t nameSize, const char* arguments, size_t argumentsSize, char** results,
 size_t* size);

namespace proxy_wasm {

// --- Numbers ------------------------------------------------------------------------------------

// Those of the specification.
enum Status : uint32_t {
  kOk = 0,
  kNotFound = 1,
  kBadArgument = 2,
  kParseFailure = 4,
  kInvalidMemoryAccess = 6,
  kEmpty = 7,
  kCasMismatch = 8
};
enum LogLevel : uint32_t { kTrace, kDebug, kInfo, kWarn, kError, kCritical };
enum Action : uint32_t { kContinue, kPause };
enum Stream : uint32_t { kRequest, kResponse, kDownstream, kUpstream };
enum Buffer : uint32_t {
  kRequestBody,
  kResponseBody,
  kDownstreamData,
  kUpstreamData,
  kCallResponseBody,
  kGrpcMessage,
  kVmConfiguration,
  kPluginConfiguration,
  kForeignFunctionArguments
};
enum Map : uint32_t {
  kRequestHeaders,
  kRequestTrailers,
  kResponseHeaders,
  kResponseTrailers,
  kGrpcInitialMetadata,
  kGrpcTrailingMetadata,
  kCallResponseHeaders,
  kCallResponseTrailers
};
enum MetricType : uint32_t { kCounter, kGauge, kHistogram };

// --- Strings and maps ---------------------------------------------------------------------------

// Calls a function that returns bytes; nothing if it fails. The host has allocated them by malloc.
template <class Function, class... Args>
std::optional<std::string> take(Function function, Args... arguments) {
  char* value = nullptr;
  size_t size = 0;
  if (function(arguments..., &value, &size) != kOk) return std::nullopt;
  std::string taken(value, size);
  std::free(value);
  return taken;
}

using Pairs = std::vector<std::pair<std::string, std::string>>;

// Appends a number as 4 bytes.
inline void append(std::string& bytes, size_t number) {
  auto word = static_cast<uint32_t>(number);
  bytes.append(reinterpret_cast<const char*>(&word), sizeof word);
}

// Returns pairs as functions of the host take them.
inline std::string serialize(const Pairs& pairs) {
  std::string bytes;
  append(bytes, pairs.size());
  for (const auto& [key, value] : pairs) {
    append(bytes, key.size());
    append(bytes, value.size());
  }
  for (const auto& [key, value] : pairs) {
    bytes.append(key.c_str(), key.size() + 1).append(value.c_str(), value.size() + 1);
  }
  return bytes;
}

// Returns the pairs in such bytes.
inline Pairs parse(const std::string& bytes) {
  Pairs pairs;
  if (bytes.size() < 4) return pairs;
  const auto* sizes = reinterpret_cast<const uint32_t*>(bytes.data());
  uint32_t count = *sizes++;
  const char* next = bytes.data() + 4 + 8 * size_t{count};
  for (uint32_t index = 0; index < count; ++index) {
    std::string key(next, *sizes);
    next += *sizes++ + 1;
    pairs.emplace_back(key, std::string(next, *sizes));
    next += *sizes++ + 1;
  }
  return pairs;
}

// Return what the functions of the host return; what cannot be had is empty.
inline Pairs getPairs(Map map) {
  return parse(take(proxy_get_header_map_pairs, uint32_t{map}).value_or(""));
}
inline std::optional<std::string> getHeader(Map map, std::string_view name) {
  return take(proxy_get_header_map_value, uint32_t{map}, name.data(), name.size());
}
inline void replaceHeader(Map map, std::string_view name, std::string_view value) {
  proxy_replace_header_map_value(map, name.data(), name.size(), value.data(), value.size());
}
inline std::string getBuffer(Buffer buffer) {
  return take(proxy_get_buffer_bytes, uint32_t{buffer}, size_t{0}, size_t{1} << 30).value_or("");
}
inline void setBuffer(Buffer buffer, std::string_view value) {
  proxy_set_buffer_bytes(buffer, 0, SIZE_MAX, value.data(), value.size());
}
inline void log(LogLevel level, std::string_view text) {
  proxy_log(level, text.data(), text.size());
}
inline void respond(uint32_t status, std::string_view body, const Pairs& headers = {}) {
  std::string bytes = serialize(headers);
  proxy_send_local_response(status, nullptr, 0, body.data(), body.size(), bytes.data(),
                            bytes.size(), UINT32_MAX);
}
// Returns a new metric, or the one of this name.
inline uint32_t defineMetric(MetricType type, std::string_view name) {
  uint32_t metric = 0;
  proxy_define_metric(type, name.data(), name.size(), &metric);
  return metric;
}

}  // namespace proxy_wasm

#endif
