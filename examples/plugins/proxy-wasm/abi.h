// The numbers of the Proxy-Wasm ABI. They are the same in the versions 0.1.0, 0.2.0 and 0.2.1.
#ifndef PROXY_WASM_ABI_H
#define PROXY_WASM_ABI_H

#include <cstdint>

namespace proxy_wasm {

enum class AbiVersion { V0_1_0, V0_2_0, V0_2_1 };

// What functions of the host return.
enum class Status : uint32_t {
  Ok = 0,
  NotFound = 1,
  BadArgument = 2,
  SerializationFailure = 3,
  ParseFailure = 4,
  InvalidMemoryAccess = 6,
  Empty = 7,
  CasMismatch = 8,
  InternalFailure = 10,
  Unimplemented = 12
};

// In the order of severity.
enum class LogLevel : uint32_t { Trace, Debug, Info, Warn, Error, Critical };
constexpr uint32_t kLogLevels = 6;

// What callbacks for headers, data and connections return.
enum class Action : uint32_t { Continue = 0, Pause = 1 };

// What functions for streams, buffers and maps of fields act on.
enum class StreamType : uint32_t { HttpRequest, HttpResponse, Downstream, Upstream };
constexpr uint32_t kStreamTypes = 4;
// Bytes.
enum class BufferType : uint32_t {
  HttpRequestBody,
  HttpResponseBody,
  DownstreamData,
  UpstreamData,
  HttpCallResponseBody,
  GrpcCallMessage,
  VmConfiguration,
  PluginConfiguration,
  ForeignFunctionArguments
};
constexpr uint32_t kBufferTypes = 9;
// Maps of fields.
enum class MapType : uint32_t {
  HttpRequestHeaders,
  HttpRequestTrailers,
  HttpResponseHeaders,
  HttpResponseTrailers,
  GrpcCallInitialMetadata,
  GrpcCallTrailingMetadata,
  HttpCallResponseHeaders,
  HttpCallResponseTrailers
};
constexpr uint32_t kMapTypes = 8;

// Who has closed a connection.
enum class PeerType : uint32_t { Unknown, Local, Remote };

// What a metric counts.
enum class MetricType : uint32_t { Counter, Gauge, Histogram };
constexpr uint32_t kMetricTypes = 3;

}  // namespace proxy_wasm

#endif
