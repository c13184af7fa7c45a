// Properties: values of the proxy, of a request and of a response, by path.
#ifndef PROXY_WASM_PROPERTIES_H
#define PROXY_WASM_PROPERTIES_H

#include <optional>
#include <string>
#include <string_view>

#include "context.h"
#include "plugin.h"

namespace proxy_wasm {

// Returns the parts of a path, which NUL separates, separated by dots.
std::string propertyName(std::string_view path);

// Returns a property by its path; nothing if there is none. A filter sees those that it has set in
// the context before those of the proxy. Numbers are 8 bytes.
std::optional<std::string> findProperty(const PluginOptions& plugin, const Context& context,
                                        std::string_view path);

}  // namespace proxy_wasm

#endif
