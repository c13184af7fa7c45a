#include "host_functions.h"

#include <algorithm>

#include "plugin.h"
#include "properties.h"

namespace proxy_wasm {

namespace {

bool isKnown(BufferType type) { return static_cast<uint32_t>(type) < kBufferTypes; }
bool isKnown(MapType type) { return static_cast<uint32_t>(type) < kMapTypes; }
bool isKnown(StreamType type) { return static_cast<uint32_t>(type) < kStreamTypes; }

}  // namespace

// --- Contexts, configuration, logging, time -----------------------------------------------------

Status HostFunctions::done() { return plugin_.done() ? Status::Ok : Status::NotFound; }

Status HostFunctions::setEffectiveContext(uint32_t id) {
  return plugin_.setEffective(id) ? Status::Ok : Status::BadArgument;
}

Status HostFunctions::getConfiguration(OutputBytes value) {
  return value.set(plugin_.isStarting() ? plugin_.options().vmConfiguration
                                        : plugin_.options().configuration);
}

Status HostFunctions::log(LogLevel level, Input message) {
  if (static_cast<uint32_t>(level) >= kLogLevels) return Status::BadArgument;
  services_.log(level, plugin_.options().name, message);
  return Status::Ok;
}

Status HostFunctions::getLogLevel(Output<uint32_t> level) {
  return level.set(static_cast<uint32_t>(services_.level));
}

Status HostFunctions::getCurrentTime(Output<uint64_t> time) {
  return time.set(services_.scheduler.now());
}

Status HostFunctions::setTickPeriod(uint32_t milliseconds) {
  plugin_.setTickPeriod(milliseconds);
  return Status::Ok;
}

// --- Buffers ------------------------------------------------------------------------------------

// Buffers of calls and configurations are those of the plugin context.
std::string* HostFunctions::buffer(BufferType type) {
  bool isOfStream = type <= BufferType::UpstreamData;
  Context& context = isOfStream ? plugin_.effective() : plugin_.root();
  std::optional<std::string>& found = context.buffer(type);
  return found ? &*found : nullptr;
}

Status HostFunctions::setBuffer(BufferType type, uint32_t start, uint32_t size, Input value) {
  if (!isKnown(type) || type > BufferType::UpstreamData) return Status::BadArgument;
  std::string* changed = buffer(type);
  if (changed == nullptr) return Status::NotFound;
  size_t at = std::min<size_t>(start, changed->size());
  changed->replace(at, std::min<size_t>(size, changed->size() - at), value);
  return Status::Ok;
}

Status HostFunctions::getBuffer(BufferType type, uint32_t start, uint32_t maxSize,
                                OutputBytes value) {
  if (!isKnown(type) || uint64_t{start} + maxSize > UINT32_MAX) return Status::BadArgument;
  const std::string* read = buffer(type);
  if (read == nullptr) return Status::NotFound;
  size_t at = std::min<size_t>(start, read->size());
  return value.set(std::string_view(*read).substr(at, maxSize));
}

Status HostFunctions::getBufferStatus(BufferType type, Output<uint32_t> size,
                                      Output<uint32_t> unused) {
  if (!isKnown(type)) return Status::BadArgument;
  const std::string* read = buffer(type);
  if (read == nullptr) return Status::NotFound;
  unused.set(0);
  return size.set(static_cast<uint32_t>(read->size()));
}

// --- Fields -------------------------------------------------------------------------------------

// Maps of calls are those of the plugin context.
Headers* HostFunctions::readableMap(MapType type) {
  if (!isKnown(type)) return nullptr;
  bool isOfStream = type <= MapType::HttpResponseTrailers;
  Context& context = isOfStream ? plugin_.effective() : plugin_.root();
  std::optional<Headers>& found = context.map(type).headers;
  return found ? &*found : nullptr;
}

Headers* HostFunctions::writableMap(MapType type) {
  Headers* map = readableMap(type);
  return map != nullptr && plugin_.effective().map(type).isWritable ? map : nullptr;
}

Status HostFunctions::getMapSize(MapType type, Output<uint32_t> size) {
  const Headers* map = readableMap(type);
  if (map == nullptr) return Status::BadArgument;
  return size.set(static_cast<uint32_t>(map->serialize().size()));
}

Status HostFunctions::getMap(MapType type, OutputBytes pairs) {
  const Headers* map = readableMap(type);
  if (map == nullptr) return Status::BadArgument;
  return pairs.set(map->serialize());
}

Status HostFunctions::setMap(MapType type, Headers pairs) {
  Headers* map = writableMap(type);
  if (map == nullptr) return Status::BadArgument;
  *map = std::move(pairs);
  return Status::Ok;
}

Status HostFunctions::getMapValue(MapType type, Input key, OutputBytes value) {
  const Headers* map = readableMap(type);
  if (map == nullptr) return Status::BadArgument;
  std::optional<std::string> found = map->get(key);
  return found ? value.set(*found) : Status::NotFound;
}

Status HostFunctions::addMapValue(MapType type, Input key, Input value) {
  Headers* map = writableMap(type);
  if (map == nullptr) return Status::BadArgument;
  map->add(key, value);
  return Status::Ok;
}

Status HostFunctions::replaceMapValue(MapType type, Input key, Input value) {
  Headers* map = writableMap(type);
  if (map == nullptr) return Status::BadArgument;
  map->replace(key, value);
  return Status::Ok;
}

Status HostFunctions::removeMapValue(MapType type, Input key) {
  Headers* map = writableMap(type);
  if (map == nullptr) return Status::BadArgument;
  map->remove(key);
  return Status::Ok;
}

// --- Streams ------------------------------------------------------------------------------------

Status HostFunctions::continueStream(StreamType type) {
  if (!isKnown(type)) return Status::BadArgument;
  plugin_.effective().continued(type) = true;
  return Status::Ok;
}

Status HostFunctions::closeStream(StreamType type) {
  if (!isKnown(type)) return Status::BadArgument;
  plugin_.effective().closed(type) = true;
  return Status::Ok;
}

Status HostFunctions::getStatus(Output<uint32_t> code, OutputBytes message) {
  code.set(plugin_.root().statusCode);
  return message.set(plugin_.root().statusMessage);
}

Status HostFunctions::sendLocalResponse(uint32_t status, Input details, Input body, Headers headers,
                                        uint32_t grpcStatus) {
  Context& context = plugin_.effective();
  if (context.parent == nullptr) return Status::BadArgument;
  if (static_cast<int32_t>(grpcStatus) >= 0) {
    headers.add("grpc-status", std::to_string(grpcStatus));
  }
  context.localResponse = {status, std::string(details), std::move(headers), std::string(body)};
  return Status::Ok;
}

// --- Calls --------------------------------------------------------------------------------------

Status HostFunctions::httpCall(Input upstream, Headers headers, Input /*body*/,
                               Headers /*trailers*/, uint32_t timeout, Output<uint32_t> id) {
  uint32_t made = 0;
  Status status = plugin_.calls().http(upstream, headers, timeout, &made);
  return status == Status::Ok ? id.set(made) : status;
}

Status HostFunctions::grpcCall(Input upstream, Input service, Input method, Headers /*metadata*/,
                               Input /*message*/, uint32_t timeout, Output<uint32_t> id) {
  uint32_t made = 0;
  Status status = plugin_.calls().grpc(upstream, service, method, false, timeout, &made);
  return status == Status::Ok ? id.set(made) : status;
}

Status HostFunctions::grpcStream(Input upstream, Input service, Input method, Headers /*metadata*/,
                                 Output<uint32_t> id) {
  uint32_t made = 0;
  Status status = plugin_.calls().grpc(upstream, service, method, true, UINT32_MAX, &made);
  return status == Status::Ok ? id.set(made) : status;
}

Status HostFunctions::grpcSend(uint32_t id, Input /*message*/, uint32_t isEnd) {
  return plugin_.calls().grpcSend(id, isEnd != 0);
}

Status HostFunctions::grpcCancel(uint32_t id) { return plugin_.calls().grpcCancel(id); }

// --- Shared data, queues, metrics ---------------------------------------------------------------

Status HostFunctions::setSharedData(Input key, Input value, uint32_t cas) {
  return services_.data.set(plugin_.options().vmId, key, value, cas);
}

Status HostFunctions::getSharedData(Input key, OutputBytes value, Output<uint32_t> cas) {
  std::string found;
  uint32_t foundCas = 0;
  Status status = services_.data.get(plugin_.options().vmId, key, &found, &foundCas);
  if (status != Status::Ok) return status;
  cas.set(foundCas);
  return value.set(found);
}

Status HostFunctions::registerQueue(Input name, Output<uint32_t> queue) {
  auto listener = [&plugin = plugin_](uint32_t number) {
    plugin.later(0, [&plugin, number] {
      plugin.call(plugin.root(), plugin.callbacks().queueReady, 0, number);
    });
  };
  return queue.set(services_.queues.open(plugin_.options().vmId, name, listener));
}

Status HostFunctions::resolveQueue(Input vmId, Input name, Output<uint32_t> queue) {
  uint32_t number = 0;
  Input id = vmId.empty() ? Input(plugin_.options().vmId) : vmId;
  Status status = services_.queues.resolve(id, name, &number);
  return status == Status::Ok ? queue.set(number) : status;
}

Status HostFunctions::enqueue(uint32_t queue, Input value) {
  return services_.queues.enqueue(queue, value);
}

Status HostFunctions::dequeue(uint32_t queue, OutputBytes value) {
  std::string item;
  Status status = services_.queues.dequeue(queue, &item);
  return status == Status::Ok ? value.set(item) : status;
}

Status HostFunctions::defineMetric(MetricType type, Input name, Output<uint32_t> metric) {
  if (static_cast<uint32_t>(type) >= kMetricTypes) return Status::BadArgument;
  return metric.set(services_.metrics.define(type, name));
}

Status HostFunctions::recordMetric(uint32_t metric, uint64_t value) {
  return services_.metrics.record(metric, value);
}

Status HostFunctions::incrementMetric(uint32_t metric, int64_t delta) {
  return services_.metrics.increment(metric, delta);
}

Status HostFunctions::getMetric(uint32_t metric, Output<uint64_t> value) {
  uint64_t found = 0;
  Status status = services_.metrics.get(metric, &found);
  return status == Status::Ok ? value.set(found) : status;
}

// --- Properties and foreign functions -----------------------------------------------------------

Status HostFunctions::getProperty(Input path, OutputBytes value) {
  std::optional<std::string> found = findProperty(plugin_.options(), plugin_.effective(), path);
  return found ? value.set(*found) : Status::NotFound;
}

Status HostFunctions::setProperty(Input path, Input value) {
  plugin_.effective().properties[propertyName(path)] = value;
  return Status::Ok;
}

// A proxy has functions of its own here. This one has `echo`, which returns its arguments.
Status HostFunctions::callForeignFunction(Input name, Input arguments, OutputBytes results) {
  if (name != "echo") return Status::NotFound;
  return results.isWanted() ? results.set(std::string(arguments)) : Status::Ok;
}

// --- Definition ---------------------------------------------------------------------------------

void HostFunctions::defineIn(wasm2obj::Linker& linker, Allocator& allocator) {
  using H = HostFunctions;
  Binder<HostFunctions> binder(linker, *this, allocator);
  binder.define("proxy_done", &H::done);
  binder.define("proxy_set_effective_context", &H::setEffectiveContext);
  binder.define("proxy_get_configuration", &H::getConfiguration);
  binder.define("proxy_log", &H::log);
  binder.define("proxy_get_log_level", &H::getLogLevel);
  binder.define("proxy_get_current_time_nanoseconds", &H::getCurrentTime);
  binder.define("proxy_set_tick_period_milliseconds", &H::setTickPeriod);
  binder.define("proxy_set_buffer_bytes", &H::setBuffer);
  binder.define("proxy_get_buffer_bytes", &H::getBuffer);
  binder.define("proxy_get_buffer_status", &H::getBufferStatus);
  binder.define("proxy_get_header_map_size", &H::getMapSize);
  binder.define("proxy_get_header_map_pairs", &H::getMap);
  binder.define("proxy_set_header_map_pairs", &H::setMap);
  binder.define("proxy_get_header_map_value", &H::getMapValue);
  binder.define("proxy_add_header_map_value", &H::addMapValue);
  binder.define("proxy_replace_header_map_value", &H::replaceMapValue);
  binder.define("proxy_remove_header_map_value", &H::removeMapValue);
  binder.define("proxy_continue_stream", &H::continueStream);
  binder.define("proxy_close_stream", &H::closeStream);
  binder.define("proxy_get_status", &H::getStatus);
  binder.define("proxy_send_local_response", &H::sendLocalResponse);
  binder.define("proxy_http_call", &H::httpCall);
  binder.define("proxy_grpc_call", &H::grpcCall);
  binder.define("proxy_grpc_stream", &H::grpcStream);
  binder.define("proxy_grpc_send", &H::grpcSend);
  binder.define("proxy_grpc_cancel", &H::grpcCancel);
  binder.define("proxy_grpc_close", &H::grpcCancel);
  binder.define("proxy_set_shared_data", &H::setSharedData);
  binder.define("proxy_get_shared_data", &H::getSharedData);
  binder.define("proxy_register_shared_queue", &H::registerQueue);
  binder.define("proxy_resolve_shared_queue", &H::resolveQueue);
  binder.define("proxy_enqueue_shared_queue", &H::enqueue);
  binder.define("proxy_dequeue_shared_queue", &H::dequeue);
  binder.define("proxy_define_metric", &H::defineMetric);
  binder.define("proxy_record_metric", &H::recordMetric);
  binder.define("proxy_increment_metric", &H::incrementMetric);
  binder.define("proxy_get_metric", &H::getMetric);
  binder.define("proxy_get_property", &H::getProperty);
  binder.define("proxy_set_property", &H::setProperty);
  binder.define("proxy_call_foreign_function", &H::callForeignFunction);
}

void HostFunctions::defineOthersIn(wasm2obj::Linker& linker) {
  // The other functions of WASI are those of the library: without arguments, files and sockets,
  // with the environment and the standard streams that Plugin::wasi grants.
  auto clock = [&scheduler = services_.scheduler](wasm2obj::Caller caller, uint32_t id, uint64_t,
                                                  uint32_t time) -> uint32_t {
    constexpr uint32_t kFault = 21;
    constexpr uint32_t kNotSupported = 58;
    if (id > 1) return kNotSupported;
    return caller.memory().write(time, scheduler.now()) ? 0 : kFault;
  };
  linker.define("wasi_snapshot_preview1", "clock_time_get", clock);
  linker.define("wasi_unstable", "clock_time_get", clock);
  // Modules that Emscripten has made tell that their memory has grown.
  linker.define("env", "emscripten_notify_memory_growth", [](uint32_t) {});
}

void HostFunctions::defineOldIn(wasm2obj::Linker& linker, bool returnsStatus) {
  auto define = [&linker, returnsStatus](const char* name, auto code) {
    if (returnsStatus) {
      linker.define("env", name, [code] { return static_cast<uint32_t>(code()); });
    } else {
      linker.define("env", name, [code] { (void)code(); });
    }
  };
  define("proxy_continue_request", [this] { return continueStream(StreamType::HttpRequest); });
  define("proxy_continue_response", [this] { return continueStream(StreamType::HttpResponse); });
  define("proxy_clear_route_cache", [] { return Status::Ok; });  // the proxy has one route
}

}  // namespace proxy_wasm
