// The functions by which a host runs a module that is written for WASI: a command exports _start, a
// reactor _initialize.
#pragma once

#include <cstdint>

#include "runtime/base/expected.h"
#include "runtime/instance/instance.h"

namespace wasi {

inline constexpr char kStart[] = "_start";
inline constexpr char kInitialize[] = "_initialize";

// Calls _initialize where it is exported. A module that exports it wants that before any other
// call.
base::Expected<void, runtime::Failure> initialize(const runtime::Instance& instance);

// Returns whether _start is exported.
inline bool isCommand(const runtime::Instance& instance) {
  return instance.function(kStart).has_value();
}

// Calls _start, which is exported. Returns the exit status: what the guest asked for, or 0 where it
// returned.
base::Expected<int32_t, runtime::Failure> runCommand(const runtime::Instance& instance);

}  // namespace wasi
