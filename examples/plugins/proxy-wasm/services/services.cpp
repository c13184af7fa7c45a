#include "services/services.h"

#include <iostream>

namespace proxy_wasm {

void Services::log(LogLevel severity, std::string_view filter, std::string_view message) const {
  static constexpr std::string_view kNames[kLogLevels] = {"trace", "debug", "info",
                                                          "warn",  "error", "critical"};
  if (severity < level) return;
  std::cout << '[' << kNames[static_cast<uint32_t>(severity)] << "] " << filter << ": " << message
            << '\n';
}

}  // namespace proxy_wasm
