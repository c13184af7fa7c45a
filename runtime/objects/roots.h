// The roots of a store's heap: what its globals, tables and element segments refer to, and the
// stacks of the guests that run.
#pragma once

#include "runtime/gc/heap.h"

namespace runtime {

struct StoreState;

// Creates the heap of a store, unless it has one. Fails if the system refuses the address space.
// Must be called before a module with objects is instantiated.
base::Result<void> createHeap(StoreState& store);

}  // namespace runtime
