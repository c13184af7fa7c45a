// A filter that calls every function of the ABI 0.2.1 and logs what is not as it should be, by
// line.
#include <proxy_wasm.h>

using namespace proxy_wasm;

PROXY_WASM_ABI(0_2_1)

static char* const kNowhere = reinterpret_cast<char*>(0xfffffff0);
static uint32_t* const kNowhereWord = reinterpret_cast<uint32_t*>(0xfffffff0);
static uint32_t root, call, canceled, stream, queue;
static std::string seen;  // of replies

static void expect(bool holds, int line) {
  if (!holds) log(kError, "not so: line " + std::to_string(line));
}
#define EXPECT(condition) expect((condition), __LINE__)

static void testContexts() {
  EXPECT(proxy_done() == kNotFound);
  EXPECT(proxy_set_effective_context(12345) == kBadArgument);
  EXPECT(proxy_set_effective_context(root) == kOk);
  uint32_t level = 99;
  EXPECT(proxy_get_log_level(&level) == kOk && level == kInfo);
  EXPECT(proxy_get_log_level(kNowhereWord) == kInvalidMemoryAccess);
  EXPECT(proxy_log(6, "x", 1) == kBadArgument);
  EXPECT(proxy_log(kInfo, kNowhere, 100) == kInvalidMemoryAccess);
  EXPECT(proxy_log(kInfo, "x", SIZE_MAX) == kInvalidMemoryAccess);
  log(kDebug, "not severe enough");
  uint64_t time = 0;
  EXPECT(proxy_get_current_time_nanoseconds(&time) == kOk && time > 1'600'000'000'000'000'000);
  EXPECT(proxy_get_status(kNowhereWord, nullptr, nullptr) == kInvalidMemoryAccess);
}

static void testBuffers() {
  size_t size = 0;
  uint32_t unused = 1;
  EXPECT(getBuffer(kVmConfiguration) == "virtual");
  EXPECT(getBuffer(kPluginConfiguration) == "configuration");
  EXPECT(proxy_get_buffer_status(kPluginConfiguration, &size, &unused) == kOk && size == 13);
  EXPECT(unused == 0);
  EXPECT(take(proxy_get_buffer_bytes, uint32_t{kPluginConfiguration}, size_t{3}, size_t{4}) ==
         "figu");
  EXPECT(take(proxy_get_buffer_bytes, uint32_t{kPluginConfiguration}, size_t{13}, size_t{4}) == "");
  EXPECT(take(proxy_get_buffer_bytes, uint32_t{kPluginConfiguration}, size_t{99}, size_t{4}) == "");
  char* value = nullptr;
  EXPECT(proxy_get_buffer_bytes(kVmConfiguration, 2, SIZE_MAX, &value, &size) == kBadArgument);
  EXPECT(proxy_get_buffer_bytes(9, 0, 1, &value, &size) == kBadArgument);
  EXPECT(proxy_get_buffer_bytes(kRequestBody, 0, 1, &value, &size) == kNotFound);
  EXPECT(proxy_get_buffer_bytes(kVmConfiguration, 0, 1, nullptr,
                                reinterpret_cast<size_t*>(kNowhere)) == kInvalidMemoryAccess);
  EXPECT(proxy_get_buffer_status(kDownstreamData, &size, &unused) == kNotFound);
  EXPECT(proxy_set_buffer_bytes(kPluginConfiguration, 0, 0, "x", 1) == kBadArgument);
  EXPECT(proxy_set_buffer_bytes(kRequestBody, 0, 0, "x", 1) == kNotFound);
}

static void testSharedData() {
  char* value = nullptr;
  size_t size = 0;
  uint32_t cas = 0;
  EXPECT(proxy_get_shared_data("key", 3, &value, &size, &cas) == kNotFound);
  EXPECT(proxy_set_shared_data("key", 3, "one", 3, 0) == kOk);
  EXPECT(proxy_get_shared_data("key", 3, &value, &size, &cas) == kOk);
  EXPECT(std::string(value, size) == "one" && cas != 0);
  EXPECT(proxy_set_shared_data("key", 3, "two", 3, cas) == kOk);
  EXPECT(proxy_set_shared_data("key", 3, "three", 5, cas) == kCasMismatch);
  EXPECT(proxy_get_shared_data(kNowhere, 99, &value, &size, &cas) == kInvalidMemoryAccess);
}

static void testQueues() {
  uint32_t other = 0;
  EXPECT(proxy_resolve_shared_queue(nullptr, 0, "queue", 5, &queue) == kNotFound);
  EXPECT(proxy_register_shared_queue("queue", 5, &queue) == kOk);
  EXPECT(proxy_resolve_shared_queue("vm", 2, "queue", 5, &other) == kOk && other == queue);
  EXPECT(proxy_resolve_shared_queue("none", 4, "queue", 5, &other) == kNotFound);
  char* value = nullptr;
  size_t size = 0;
  EXPECT(proxy_dequeue_shared_queue(queue, &value, &size) == kEmpty);
  EXPECT(proxy_dequeue_shared_queue(99, &value, &size) == kNotFound);
  EXPECT(proxy_enqueue_shared_queue(0, "x", 1) == kNotFound);
  EXPECT(proxy_enqueue_shared_queue(queue, "item", 4) == kOk);
}

static void testMetrics() {
  uint32_t counter = defineMetric(kCounter, "counter");
  uint32_t gauge = defineMetric(kGauge, "gauge");
  uint32_t histogram = defineMetric(kHistogram, "histogram");
  uint32_t none = 0;
  uint64_t value = 0;
  EXPECT(defineMetric(kCounter, "counter") == counter);
  EXPECT(proxy_define_metric(3, "x", 1, &none) == kBadArgument);
  EXPECT(proxy_increment_metric(counter, 5) == kOk);
  EXPECT(proxy_increment_metric(counter, -1) == kBadArgument);
  EXPECT(proxy_increment_metric(histogram, 1) == kBadArgument);
  EXPECT(proxy_increment_metric(99, 1) == kNotFound);
  EXPECT(proxy_record_metric(gauge, 10) == kOk && proxy_increment_metric(gauge, -3) == kOk);
  EXPECT(proxy_record_metric(histogram, 1) == kOk && proxy_record_metric(histogram, 2) == kOk);
  EXPECT(proxy_record_metric(99, 1) == kNotFound);
  EXPECT(proxy_get_metric(gauge, &value) == kOk && value == 7);
  EXPECT(proxy_get_metric(99, &value) == kNotFound);
}

static std::optional<std::string> property(std::string_view path) {
  return take(proxy_get_property, path.data(), path.size());
}

static void testProperties() {
  EXPECT(property("plugin_name") == "functions");
  EXPECT(property("plugin_root_id") == "root");
  EXPECT(property("plugin_vm_id") == "vm");
  EXPECT(!property("none"));
  EXPECT(proxy_set_property("own\0part", 8, "value", 5) == kOk);
  EXPECT(property({"own\0part", 8}) == "value");
  EXPECT(take(proxy_call_foreign_function, "echo", size_t{4}, "text", size_t{4}) == "text");
  EXPECT(proxy_call_foreign_function("echo", 4, "x", 1, nullptr, nullptr) == kOk);
  EXPECT(proxy_call_foreign_function("none", 4, "x", 1, nullptr, nullptr) == kNotFound);
}

static void testCalls() {
  const char service[] = "Classes", method[] = "Find";
  EXPECT(proxy_grpc_call("none", 4, service, 7, method, 4, nullptr, 0, "m", 1, 9, &call) ==
         kParseFailure);
  EXPECT(proxy_grpc_call("classes", 7, service, 7, method, 4, "\1", 1, "m", 1, 9, &call) ==
         kBadArgument);  // metadata
  EXPECT(proxy_grpc_call("classes", 7, service, 7, method, 4, nullptr, 0, "m", 1, 9, &call) == kOk);
  EXPECT(proxy_grpc_call("classes", 7, service, 7, method, 4, nullptr, 0, "m", 1, 9, &canceled) ==
         kOk);
  EXPECT(proxy_grpc_cancel(canceled) == kOk && proxy_grpc_cancel(canceled) == kNotFound);
  EXPECT(proxy_grpc_stream("classes", 7, service, 7, method, 4, nullptr, 0, &stream) == kOk);
  EXPECT(proxy_grpc_send(stream, "first", 5, false) == kOk);
  EXPECT(proxy_grpc_send(stream, "last", 4, true) == kOk);
  EXPECT(proxy_grpc_send(99, "x", 1, false) == kNotFound);
  EXPECT(proxy_grpc_close(99) == kNotFound);
  uint32_t id = 0;
  std::string headers = serialize({{":method", "GET"}, {":path", "/users/ada"}});
  EXPECT(proxy_http_call("authorization", 13, headers.data(), headers.size(), nullptr, 0, nullptr,
                         0, 9, &id) == kBadArgument);  // no :authority
}

PROXY_WASM_EXPORT(proxy_on_context_create)
void onContextCreate(uint32_t id, uint32_t parent) {
  if (parent == 0) root = id;
  EXPECT(parent == 0 || parent == root);
}
PROXY_WASM_EXPORT(proxy_on_vm_start)
uint32_t onVmStart(uint32_t, uint32_t size) {
  EXPECT(size == 7);
  EXPECT(std::string(std::getenv("NAME")) == "value");
  return true;
}
PROXY_WASM_EXPORT(proxy_on_configure)
uint32_t onConfigure(uint32_t id, uint32_t size) {
  EXPECT(id == root && size == 13);
  testContexts();
  testBuffers();
  testSharedData();
  testQueues();
  testMetrics();
  testProperties();
  testCalls();
  return true;
}

PROXY_WASM_EXPORT(proxy_on_queue_ready)
void onQueueReady(uint32_t, uint32_t number) {
  EXPECT(number == queue && take(proxy_dequeue_shared_queue, queue) == "item");
}
PROXY_WASM_EXPORT(proxy_on_grpc_receive_initial_metadata)
void onInitialMetadata(uint32_t, uint32_t id, uint32_t count) {
  EXPECT(count == 1 && getHeader(kGrpcInitialMetadata, "x-version") == "1");
  seen += id == call ? "call " : id == stream ? "stream " : "? ";
}
PROXY_WASM_EXPORT(proxy_on_grpc_receive)
void onGrpcReceive(uint32_t, uint32_t, uint32_t size) {
  EXPECT(size == 5);
  seen += getBuffer(kGrpcMessage) + " ";
}
PROXY_WASM_EXPORT(proxy_on_grpc_receive_trailing_metadata)
void onTrailingMetadata(uint32_t, uint32_t, uint32_t count) {
  EXPECT(count == 1 && getHeader(kGrpcTrailingMetadata, "X-End") == "1");
}
PROXY_WASM_EXPORT(proxy_on_grpc_close)
void onGrpcClose(uint32_t, uint32_t, uint32_t status) {
  seen += "end" + std::to_string(status) + " ";
}
PROXY_WASM_EXPORT(proxy_on_foreign_function)
void onForeignFunction(uint32_t, uint32_t number, uint32_t size) {
  EXPECT(number == 5 && size == 9 && getBuffer(kForeignFunctionArguments) == "arguments");
  log(kInfo, seen);
}

PROXY_WASM_EXPORT(proxy_on_request_headers)
uint32_t onRequestHeaders(uint32_t, uint32_t count, uint32_t isEnd) {
  EXPECT(count == 5 && isEnd == 0);
  size_t size = 0;
  EXPECT(proxy_get_header_map_size(kRequestHeaders, &size) == kOk);
  EXPECT(take(proxy_get_header_map_pairs, uint32_t{kRequestHeaders})->size() == size);
  EXPECT(getPairs(kRequestHeaders).size() == 5);
  EXPECT(getHeader(kRequestHeaders, "X-Twice") == "1,2");
  EXPECT(!getHeader(kRequestHeaders, "x-none"));
  EXPECT(proxy_get_header_map_size(8, &size) == kBadArgument);
  EXPECT(proxy_get_header_map_size(kResponseHeaders, &size) == kBadArgument);
  EXPECT(proxy_set_header_map_pairs(kRequestHeaders, "\1\0\0\0\1", 5) == kBadArgument);
  EXPECT(proxy_set_header_map_pairs(kRequestHeaders, "\xff\xff\xff\xff", 4) == kBadArgument);
  EXPECT(proxy_add_header_map_value(kRequestHeaders, "x-new", 5, "3", 1) == kOk);
  EXPECT(proxy_remove_header_map_value(kRequestHeaders, "x-none", 6) == kOk);
  replaceHeader(kRequestHeaders, "x-twice", "once");
  EXPECT(property({"request\0path", 12}) == "/all");
  EXPECT(property({"request\0headers\0x-new", 21}) == "3");
  EXPECT(property({"connection\0id", 13})->size() == 8);
  EXPECT(proxy_continue_stream(4) == kBadArgument && proxy_close_stream(4) == kBadArgument);
  return kContinue;
}
PROXY_WASM_EXPORT(proxy_on_request_body)
uint32_t onRequestBody(uint32_t, uint32_t size, uint32_t isEnd) {
  if (!isEnd) return kPause;
  EXPECT(size == 10 && getBuffer(kRequestBody) == "firstother");
  EXPECT(proxy_add_header_map_value(kRequestHeaders, "x-late", 6, "", 0) == kBadArgument);
  proxy_set_buffer_bytes(kRequestBody, 0, 0, "<", 1);
  proxy_set_buffer_bytes(kRequestBody, SIZE_MAX, 0, ">", 1);
  proxy_set_buffer_bytes(kRequestBody, 6, 5, "-", 1);
  return kContinue;
}
PROXY_WASM_EXPORT(proxy_on_response_headers)
uint32_t onResponseHeaders(uint32_t, uint32_t, uint32_t isEnd) {
  EXPECT(isEnd == 1);
  EXPECT(property({"response\0code", 13}) == std::string("\xc8\0\0\0\0\0\0\0", 8));
  EXPECT(proxy_send_local_response(500, nullptr, 0, "body", 4, "\1", 1, 0) == kBadArgument);
  proxy_send_local_response(503, "details", 7, "body", 4, nullptr, 0, 14);
  return kPause;
}

static uint32_t last;
PROXY_WASM_EXPORT(proxy_on_done)
uint32_t onDone(uint32_t id) {
  last = id;
  proxy_set_tick_period_milliseconds(500);
  return false;
}
PROXY_WASM_EXPORT(proxy_on_tick)
void onTick(uint32_t) {
  proxy_set_tick_period_milliseconds(0);
  EXPECT(proxy_set_effective_context(last) == kOk);
  EXPECT(proxy_done() == kOk && proxy_done() == kNotFound);
}
PROXY_WASM_EXPORT(proxy_on_log)
void onLog(uint32_t id) { EXPECT(id == last && getHeader(kRequestHeaders, ":path") == "/all"); }
PROXY_WASM_EXPORT(proxy_on_delete)
void onDelete(uint32_t id) {
  EXPECT(id == last);
  log(kInfo, "deleted");
}
