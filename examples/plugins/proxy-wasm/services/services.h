// What a proxy offers all its filters.
#ifndef PROXY_WASM_SERVICES_H
#define PROXY_WASM_SERVICES_H

#include <string_view>

#include "abi.h"
#include "services/scheduler.h"
#include "services/shared.h"
#include "services/upstreams.h"

namespace proxy_wasm {

struct Services {
  Scheduler scheduler;
  Upstreams upstreams;
  LogLevel level = LogLevel::Info;  // less severe messages are not logged
  SharedData data;
  SharedQueues queues;
  Metrics metrics;

  // Prints a message, unless it is not severe enough.
  void log(LogLevel level, std::string_view filter, std::string_view message) const;
};

}  // namespace proxy_wasm

#endif
