#include <fmt/format.h>

#include "wasi/calls/calls.h"

namespace wasi {
namespace {

// The numbers of typename `signal` that are needed here. Sys is the highest one.
enum class Signal : uint32_t { None = 0, Chld = 16, Cont = 17, Urg = 22, Winch = 27, Sys = 30 };

bool isIgnored(Signal signal) {
  return signal == Signal::None || signal == Signal::Chld || signal == Signal::Cont ||
         signal == Signal::Urg || signal == Signal::Winch;
}

}  // namespace

void procExit(runtime::Caller* caller, uint32_t status) {
  // The specification has an unsigned status, hosts a signed one.
  runtime::requestExit(*caller, static_cast<int32_t>(status));
}

Errno procRaise(runtime::Caller* caller, uint32_t signal) {
  if (signal > static_cast<uint32_t>(Signal::Sys)) return Errno::Inval;
  if (!isIgnored(static_cast<Signal>(signal))) {
    runtime::requestTrap(*caller, fmt::format("guest raised signal {}", signal));
  }
  return Errno::Success;
}

}  // namespace wasi
