// The functions of the ABI that a filter imports, with the names of the specification. They act on
// the effective context of the filter.
#ifndef PROXY_WASM_HOST_FUNCTIONS_H
#define PROXY_WASM_HOST_FUNCTIONS_H

#include <cstdint>
#include <wasm2obj.hh>

#include "abi.h"
#include "binding.h"
#include "headers.h"
#include "services/services.h"

namespace proxy_wasm {

class Plugin;

class HostFunctions {
 public:
  HostFunctions(Plugin& plugin, Services& services) : plugin_(plugin), services_(services) {}

  // Defines all functions but those that 0.1.0 alone has.
  void defineIn(wasm2obj::Linker& linker, Allocator& allocator);
  // Defines the clock of WASI, and what Emscripten's modules import.
  void defineOthersIn(wasm2obj::Linker& linker);
  // Defines those that 0.1.0 alone has, with or without a status as their result.
  void defineOldIn(wasm2obj::Linker& linker, bool returnsStatus);

 private:
  Status done();
  Status setEffectiveContext(uint32_t id);
  Status getConfiguration(OutputBytes value);
  Status log(LogLevel level, Input message);
  Status getLogLevel(Output<uint32_t> level);
  Status getCurrentTime(Output<uint64_t> time);
  Status setTickPeriod(uint32_t milliseconds);

  Status setBuffer(BufferType type, uint32_t start, uint32_t size, Input value);
  Status getBuffer(BufferType type, uint32_t start, uint32_t maxSize, OutputBytes value);
  Status getBufferStatus(BufferType type, Output<uint32_t> size, Output<uint32_t> unused);

  Status getMapSize(MapType type, Output<uint32_t> size);
  Status getMap(MapType type, OutputBytes pairs);
  Status setMap(MapType type, Headers pairs);
  Status getMapValue(MapType type, Input key, OutputBytes value);
  Status addMapValue(MapType type, Input key, Input value);
  Status replaceMapValue(MapType type, Input key, Input value);
  Status removeMapValue(MapType type, Input key);

  Status continueStream(StreamType type);
  Status closeStream(StreamType type);
  Status getStatus(Output<uint32_t> code, OutputBytes message);
  Status sendLocalResponse(uint32_t status, Input details, Input body, Headers headers,
                           uint32_t grpcStatus);

  Status httpCall(Input upstream, Headers headers, Input body, Headers trailers, uint32_t timeout,
                  Output<uint32_t> id);
  Status grpcCall(Input upstream, Input service, Input method, Headers metadata, Input message,
                  uint32_t timeout, Output<uint32_t> id);
  Status grpcStream(Input upstream, Input service, Input method, Headers metadata,
                    Output<uint32_t> id);
  Status grpcSend(uint32_t id, Input message, uint32_t isEnd);
  Status grpcCancel(uint32_t id);

  Status setSharedData(Input key, Input value, uint32_t cas);
  Status getSharedData(Input key, OutputBytes value, Output<uint32_t> cas);
  Status registerQueue(Input name, Output<uint32_t> queue);
  Status resolveQueue(Input vmId, Input name, Output<uint32_t> queue);
  Status enqueue(uint32_t queue, Input value);
  Status dequeue(uint32_t queue, OutputBytes value);

  Status defineMetric(MetricType type, Input name, Output<uint32_t> metric);
  Status recordMetric(uint32_t metric, uint64_t value);
  Status incrementMetric(uint32_t metric, int64_t delta);
  Status getMetric(uint32_t metric, Output<uint64_t> value);

  Status getProperty(Input path, OutputBytes value);
  Status setProperty(Input path, Input value);
  Status callForeignFunction(Input name, Input arguments, OutputBytes results);

  // Return what the filter may read or change now; null if there is none.
  Headers* readableMap(MapType type);
  Headers* writableMap(MapType type);
  std::string* buffer(BufferType type);

  Plugin& plugin_;
  Services& services_;
};

}  // namespace proxy_wasm

#endif
