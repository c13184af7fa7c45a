#include "properties.h"

#include <algorithm>
#include <cstdlib>

namespace proxy_wasm {

namespace {

std::string number(uint64_t value) {
  return std::string(reinterpret_cast<const char*>(&value), sizeof value);
}

std::optional<std::string> field(const Context& context, MapType map, std::string_view name) {
  const std::optional<Headers>& headers = context.maps[static_cast<uint32_t>(map)].headers;
  return headers ? headers->get(name) : std::nullopt;
}

std::optional<std::string> sizeOf(const Context& context, BufferType type) {
  const std::optional<std::string>& buffer = context.buffers[static_cast<uint32_t>(type)];
  return number(buffer ? buffer->size() : 0);
}

// A property that is a field of a message.
struct FieldRow {
  const char* path;
  MapType map;
  const char* name;
};
constexpr FieldRow kFields[] = {
    {"request.path", MapType::HttpRequestHeaders, ":path"},
    {"request.method", MapType::HttpRequestHeaders, ":method"},
    {"request.scheme", MapType::HttpRequestHeaders, ":scheme"},
    {"request.host", MapType::HttpRequestHeaders, ":authority"},
    {"request.referer", MapType::HttpRequestHeaders, "referer"},
    {"request.useragent", MapType::HttpRequestHeaders, "user-agent"},
    {"request.id", MapType::HttpRequestHeaders, "x-request-id"},
};

std::optional<std::string> ofMessages(const Context& context, const std::string& path) {
  for (const FieldRow& row : kFields) {
    if (path == row.path) return field(context, row.map, row.name);
  }
  for (auto [prefix, map] : {std::pair{"request.headers.", MapType::HttpRequestHeaders},
                             std::pair{"response.headers.", MapType::HttpResponseHeaders}}) {
    if (path.starts_with(prefix)) {
      return field(context, map, std::string_view(path).substr(std::string_view(prefix).size()));
    }
  }
  if (path == "request.protocol") return "HTTP/1.1";
  if (path == "request.size") return sizeOf(context, BufferType::HttpRequestBody);
  if (path == "response.size") return sizeOf(context, BufferType::HttpResponseBody);
  if (path != "response.code") return std::nullopt;
  std::optional<std::string> status = field(context, MapType::HttpResponseHeaders, ":status");
  if (!status) return std::nullopt;
  return number(std::strtoull(status->c_str(), nullptr, 10));
}

}  // namespace

std::string propertyName(std::string_view path) {
  std::string name(path);
  while (!name.empty() && name.back() == '\0') name.pop_back();
  std::replace(name.begin(), name.end(), '\0', '.');
  return name;
}

std::optional<std::string> findProperty(const PluginOptions& plugin, const Context& context,
                                        std::string_view path) {
  std::string name = propertyName(path);
  auto own = context.properties.find(name);
  if (own != context.properties.end()) return own->second;
  if (name == "plugin_name") return plugin.name;
  if (name == "plugin_root_id") return plugin.rootId;
  if (name == "plugin_vm_id") return plugin.vmId;
  if (name == "connection.id") return number(context.id);
  return ofMessages(context, name);
}

}  // namespace proxy_wasm
