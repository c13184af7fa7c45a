// What a filter can see and change: of itself, of a request and its response, or of a connection.
#ifndef PROXY_WASM_CONTEXT_H
#define PROXY_WASM_CONTEXT_H

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "abi.h"
#include "headers.h"

namespace proxy_wasm {

// A map of fields, or nothing while there are none to be seen.
struct Fields {
  std::optional<Headers> headers;
  bool isWritable = false;
};

// A response that a filter sends in place of the upstream's.
struct LocalResponse {
  uint32_t status = 0;
  std::string details;
  Headers headers;
  std::string body;
};

// The plugin context, whose parent is null, or that of a stream.
struct Context {
  uint32_t id = 0;
  Context* parent = nullptr;

  std::array<Fields, kMapTypes> maps;
  std::array<std::optional<std::string>, kBufferTypes> buffers;
  std::map<std::string, std::string> properties;  // that the filter has set

  std::array<bool, kStreamTypes> isContinued{};  // since the filter has paused it
  std::array<bool, kStreamTypes> isClosed{};
  std::optional<LocalResponse> localResponse;
  bool isAwaitingDone = false;  // the filter will call proxy_done

  // The outcome of the call whose end the filter is told of. Of the plugin context only.
  uint32_t statusCode = 0;
  std::string statusMessage;

  // The members of a type.
  Fields& map(MapType type) { return maps[static_cast<uint32_t>(type)]; }
  // The same for buffers: nothing while there are no bytes to be seen.
  std::optional<std::string>& buffer(BufferType type) {
    return buffers[static_cast<uint32_t>(type)];
  }
  bool& continued(StreamType type) { return isContinued[static_cast<uint32_t>(type)]; }
  bool& closed(StreamType type) { return isClosed[static_cast<uint32_t>(type)]; }
};

}  // namespace proxy_wasm

#endif
