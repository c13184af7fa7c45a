// The size of a store's heap if the host does not set it.
#pragma once

#include <cstdint>

namespace runtime {

// Returns half of the memory that this process may use, in bytes: of the machine's memory, or of
// the limit of the control group (cgroup v2) in which the process runs if that is less. At least 64
// MiB.
uint64_t defaultHeapBytes();

}  // namespace runtime
