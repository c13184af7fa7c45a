// The functions that a host calls to run a module written for WASI: a command exports _start, a
// reactor exports _initialize.
#pragma once

#include <cstdint>

#include "runtime/base/expected.h"
#include "runtime/instance/instance.h"

namespace wasi {

inline constexpr char kStart[] = "_start";
inline constexpr char kInitialize[] = "_initialize";

// Calls _initialize if the instance exports it. WASI requires this call before any other call of a
// reactor's functions.
base::Expected<void, runtime::Failure> initialize(const runtime::Instance& instance);

// Returns whether _start is exported.
inline bool isCommand(const runtime::Instance& instance) {
  return instance.function(kStart).has_value();
}

// Calls _start. Requires isCommand(instance). Returns the exit status: the argument of the guest's
// proc_exit, or 0 if _start returned.
base::Expected<int32_t, runtime::Failure> runCommand(const runtime::Instance& instance);

}  // namespace wasi
