// A filter that does what its path names.
#include <proxy_wasm.h>

using namespace proxy_wasm;

PROXY_WASM_ABI(0_2_0)

static int requests;

// Takes all memory, in blocks.
static void takeAll(size_t size) {
  static void* volatile block;
  do {
    block = std::malloc(size);
  } while (block != nullptr);
}

PROXY_WASM_EXPORT(proxy_on_request_headers)
uint32_t onRequestHeaders(uint32_t, uint32_t, uint32_t) {
  std::string path = getHeader(kRequestHeaders, ":path").value_or("");
  replaceHeader(kRequestHeaders, "x-count", std::to_string(++requests));
  if (path == "/trap") std::abort();
  if (path == "/close") proxy_close_stream(kRequest);
  if (path == "/loop") {
    for (volatile int count = 0;; count = count + 1) {
    }
  }
  if (path == "/hoard") {
    takeAll(1 << 20);
    // There is no room for what the host returns.
    replaceHeader(kRequestHeaders, "x-large", std::string(200, 'x'));
    takeAll(100);
    if (!getHeader(kRequestHeaders, "x-large")) proxy_log(kInfo, "no room", 7);
  }
  return path == "/pause";
}
